using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using R3X.FxHost.Decoding;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Cli;
using R3X.FxHost.Tests.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Server.Wyoming;

public sealed class LoudspeakerTests : IDisposable
{
    private const int Rate = 48_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-wyoming-");

    private string Recording => Path.Combine(_folder.FullName, "heard.wav");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_sound_is_played_and_told_when_it_was_heard()
    {
        await using ServerProcess server = await StartAsync();
        using var python = new PythonClient(server.Wyoming.Port);

        JsonNode said = await python.PlayAsync(Sound(python), hangsUp: false);

        Assert.Equal("played", (string?)said["events"]![0]);
        await EndAsync(server);
        IsHeard();
    }

    [Fact]
    public async Task A_satellite_that_hangs_up_at_once_is_heard_to_its_end_though_the_server_is_told_to_stop()
    {
        await using ServerProcess server = await StartAsync();
        using var python = new PythonClient(server.Wyoming.Port);

        await python.PlayAsync(Sound(python), hangsUp: true);

        await EndAsync(server);
        IsHeard();
    }

    [Fact]
    public async Task What_had_arrived_of_a_sound_is_heard_though_its_end_never_comes()
    {
        await using ServerProcess server = await StartAsync();
        using (WyomingSocket socket = await WyomingSocket.ConnectAsync(server.Wyoming.Port))
        {
            var format = new JsonObject { ["rate"] = Rate, ["width"] = 2, ["channels"] = 1 };
            await socket.SendAsync("audio-start", (JsonObject)format.DeepClone());
            await socket.SendAsync("audio-chunk", format, Samples);
        }

        await EndAsync(server);
        IsHeard();
    }

    private static byte[] Samples
    {
        get
        {
            AudioBuffer noise = Noise.Make(1, Rate);
            return MemoryMarshal.AsBytes<short>(
                [.. noise[0].ToArray().Select(static sample => (short)(sample * 32_767))]).ToArray();
        }
    }

    private Task<ServerProcess> StartAsync() =>
        ServerProcess.StartAsync("--device", $"file:{Recording}", "--speaker", "snd=dry");

    private static string Sound(PythonClient python)
    {
        byte[] wave = SpokenLines.Wav(Samples, Samples.Length);
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(28), Rate * sizeof(short));
        File.WriteAllBytes(python.PathOf("sound.wav"), wave);
        return python.PathOf("sound.wav");
    }

    private async Task EndAsync(ServerProcess server)
    {
        const int Terminate = 15;
        // The loudspeaker is opened for a sound that has come in.
        while (!File.Exists(Recording))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        server.Signal(Terminate);
        Assert.Equal(0, await server.EndAsync());
    }

    // Every sample of the noise, from the first that is not silence on.
    private void IsHeard()
    {
        using var reader = new LineReader(SpeechAudio.FromFile(Recording));
        AudioFormat format = reader.Open();
        Assert.Equal(Rate, format.SampleRate);
        var block = new AudioBuffer(format.Channels, 4_096);
        var heard = new List<float>();
        for (int frames; (frames = reader.Read(block.Block(block.Frames))) > 0;)
            heard.AddRange(block[0][..frames]);
        float[] expected = TakeOf.Floats(Samples);
        int first = heard.FindIndex(static sample => sample != 0);
        Assert.True(first >= 0 && heard.Count - first >= expected.Length, $"{heard.Count - first} samples were heard.");
        double residual = Noise.ResidualDecibels(
            expected, heard.GetRange(first, expected.Length).ToArray());
        Assert.True(residual < -60, $"{residual:0} dB are left.");
    }
}
