using System;
using System.Collections.Generic;
using R3X.FxHost.Encoding;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Lines;

/// <summary>
/// What is known of a line while it is rendered into a pipe. Written by the line; whoever reads the pipe, or is asked
/// for the line's next chunk, finds what holds for the bytes that have gone out.
/// </summary>
public sealed class LineProgress
{
    private LineResult? _result;

    /// <summary>
    /// Told how loud the processed line is, for every 20 ms of it, before the bytes of these go out; the first one is
    /// marked, and the silence behind the last. Called on the line's thread. Null for nobody.
    /// </summary>
    public Action<SpeechLevel>? Levels { get; init; }

    /// <summary>The preset it is spoken with, by id; <c>dry</c> without effects. Known before the first byte is asked
    /// for.</summary>
    public string Preset { get; private set; } = "";

    /// <summary>What is not as it was meant to be, each a whole sentence. Known with <see cref="Preset"/>.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>The line's rate and channels; the default before they are known.</summary>
    public AudioFormat Format => _result?.Format ?? default;

    /// <summary>Frames of the line that were decoded, at its own rate.</summary>
    public long InputFrames => _result?.InputFrames ?? 0;

    /// <summary>Frames that were encoded, at the line's own rate: those of the line, its tail, and what
    /// <see cref="AddedFrames"/> counts.</summary>
    public long OutputFrames => _result?.OutputFrames ?? 0;

    /// <summary>Frames of silence between those of the line, where <see cref="SpeechAudio.FlushRequest"/> asked for
    /// what the chain held back.</summary>
    public long AddedFrames => _result?.AddedFrames ?? 0;

    /// <summary>How much later than it was encoded the sound comes out of a decoder, in frames at the line's own rate
    /// (see <see cref="IEncoder.DelayFrames"/>). Known before the first byte goes out.</summary>
    public int DelayFrames { get; private set; }

    internal void Begin(LineChain line)
    {
        Preset = line.Plan.PresetId;
        Warnings = line.Warnings;
    }

    internal void Encode(IEncoder encoder) => DelayFrames = encoder.DelayFrames;

    internal void Follow(LineResult result) => _result = result;
}
