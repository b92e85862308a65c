using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Tests.Decoding;
using R3X.FxHost.Tests.Hosting;

namespace R3X.FxHost.Tests.Ear;

/// <summary>Lines written with shipped presets as <c>r3x render</c> writes them; each once, however many tests measure
/// it.</summary>
public sealed class HeardPresets : IDisposable
{
    private readonly ConcurrentDictionary<(string Preset, string Voice), Lazy<Task<Heard>>> _heard = new();

    internal FxHost Host { get; } = TestHost.Create();

    public void Dispose() => Host.Dispose();

    internal Task<Heard> HearAsync(string preset, string voice) =>
        _heard.GetOrAdd((preset, voice), key => new Lazy<Task<Heard>>(async () =>
    {
        Voice dry = Voice.Of(key.Voice);
        using var written = new MemoryStream();
        SpeechSelection selection = SpeechSelection.OfPreset(key.Preset) with { Seed = 0 };
        SpeechReport report = await Host.RenderAsync(
            SpeechAudio.FromBytes(dry.File), written, OutputFormat.Wav, selection);
        return new Heard(dry, Decoded.From(written.ToArray()), report);
    })).Value;

    /// <summary>A line before and after; latency is taken out of what is written, so both begin together.</summary>
    internal sealed record Heard(Voice Dry, Decoded Wet, SpeechReport Report);
}
