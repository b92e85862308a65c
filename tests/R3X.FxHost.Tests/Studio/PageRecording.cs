using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Microsoft.Playwright;

namespace R3X.FxHost.Tests.Studio;

/// <summary>What a page's own audio graph gives its speakers, recorded frame by frame in its audio thread:
/// mono.</summary>
internal sealed class PageRecording(IPage page)
{
    private const string Recorder = """
        registerProcessor("test-recorder", class extends AudioWorkletProcessor {
            process([input]) {
                if (input.length > 0)
                    this.port.postMessage({ frame: currentFrame, samples: input[0].slice() });
                return true;
            }
        });
        """;

    private const string Script = """
        window.heard = { blocks: [], frames: 0, rate: 0 };
        const connect = AudioNode.prototype.connect;
        AudioNode.prototype.connect = function (target, ...rest) {
            if (target instanceof AudioDestinationNode) {
                const { context } = this;
                window.heard = { blocks: [], frames: 0, rate: context.sampleRate, context };
                const mine = window.heard;
                const code = URL.createObjectURL(new Blob([RECORDER], { type: "text/javascript" }));
                context.audioWorklet.addModule(code).then(() => {
                    const recorder = new AudioWorkletNode(context, "test-recorder", { numberOfOutputs: 0 });
                    recorder.port.onmessage = ({ data }) => {
                        mine.blocks.push(data);
                        mine.frames += data.samples.length;
                    };
                    connect.call(this, recorder);
                });
            }
            return connect.call(this, target, ...rest);
        };
        """;

    /// <summary>Frames per second of what plays last.</summary>
    public int Rate { get; private set; }

    /// <summary>Records what the page plays from now on; each time it begins to play, from the beginning. For a page
    /// that has not been opened yet.</summary>
    public static async Task<PageRecording> BeginAsync(IPage page)
    {
        string script = Script.Replace(
            "RECORDER", System.Text.Json.JsonSerializer.Serialize(Recorder), StringComparison.Ordinal);
        await page.AddInitScriptAsync(script);
        await page.ReloadAsync();
        return new PageRecording(page);
    }

    /// <summary>Waits until so much more was played.</summary>
    /// <param name="seconds">How much.</param>
    public Task WaitAsync(double seconds) => page.EvaluateAsync("""
        async seconds => {
            const end = heard.frames + seconds * (heard.rate || 48000);
            while (heard.frames < end)
                await new Promise(done => setTimeout(done, 10));
        }
        """, seconds);

    /// <summary>What was played since it began to.</summary>
    public async Task<float[]> ReadAsync()
    {
        string text = await page.EvaluateAsync<string>("""
            async () => {
                const all = await new Blob(heard.blocks.map(block => block.samples)).arrayBuffer();
                let text = "";
                for (const byte of new Uint8Array(all))
                    text += String.fromCharCode(byte);
                return heard.rate + ";" + btoa(text);
            }
            """);
        int mark = text.IndexOf(';', StringComparison.Ordinal);
        Rate = (int)double.Parse(text.AsSpan(0, mark), CultureInfo.InvariantCulture);
        return MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(text[(mark + 1)..])).ToArray();
    }
}
