using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// A decoder whose input is a row of packets. Another line, or a chime, that was joined to the first is brought to the
/// first one's format. Allocates where a piece begins.
/// </summary>
/// <param name="kind">What the input is, for messages.</param>
/// <param name="mostFrames">The most frames a packet has.</param>
internal abstract class PacketDecoder(string kind, int mostFrames) : IDecoder
{
    private readonly List<string> _warnings = [];
    private readonly float[] _samples = new float[mostFrames * 2];
    private AudioFormat _now;
    private FormatFit? _fit;
    private FormatFit? _ending;
    private bool _changed;
    private int _start;
    private int _count;
    private long _frames;
    private bool _ended;

    public AudioFormat? Format { get; private set; }

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Whether something was damaged and left out.</summary>
    protected abstract bool WasDamaged { get; }

    /// <summary>Room for a packet's samples, interleaved.</summary>
    protected Span<float> Samples => _samples;

    public DecodeStep Decode(ReadOnlySpan<byte> input, bool endOfInput, AudioBlock output)
    {
        int consumed = 0;
        int written = 0;
        bool wasKnown = Format is not null;
        while (wasKnown == Format is not null)
        {
            if (wasKnown)
                written += Give(output.Slice(written, output.Frames - written));
            if (wasKnown && written == output.Frames)
                break;
            if (Next(endOfInput && consumed == input.Length))
                continue;
            if (consumed < input.Length)
            {
                consumed += Take(input[consumed..]);
            }
            else if (!endOfInput || !EndPiece())
            {
                if (endOfInput && !_ended && written == 0)
                    End();
                break;
            }
        }

        _frames += written;
        return new DecodeStep(consumed, written);
    }

    public abstract void Dispose();

    /// <summary>Takes bytes, as many as fit.</summary>
    protected abstract int Take(ReadOnlySpan<byte> input);

    /// <summary>Goes one packet on, and says so with <see cref="Begin"/> and <see cref="Decoded"/>.</summary>
    /// <param name="ended">Whether nothing follows the bytes that were taken.</param>
    /// <returns>False where more bytes are needed.</returns>
    protected abstract bool Next(bool ended);

    /// <summary>Why there is no sound in the input, once it has ended.</summary>
    protected abstract string Silence();

    /// <summary>What of the end was left out, a whole sentence; null where nothing was.</summary>
    protected abstract string? Cut();

    /// <summary>A piece begins.</summary>
    protected void Begin(AudioFormat format)
    {
        EndPiece();
        Format ??= format;
        _now = format;
        if (format == Format)
            return;
        _fit = new FormatFit(format, Format.Value);
        if (!_changed)
            _warnings.Add($"The {kind} changes from {Format} to {format} on its way; it was brought to {Format}.");
        _changed = true;
    }

    /// <summary>Says which of the frames in <see cref="Samples"/> are the line's.</summary>
    protected void Decoded(int start, int frames) => (_start, _count) = (start, frames);

    // What its resampler holds comes in front of what follows.
    private bool EndPiece()
    {
        if (_fit is null)
            return false;
        _fit.End();
        (_ending, _fit) = (_fit, null);
        return true;
    }

    private int Give(AudioBlock output)
    {
        int written = 0;
        while (written < output.Frames)
        {
            AudioBlock room = output.Slice(written, output.Frames - written);
            if (_ending?.Take(room) is { } rest and > 0)
            {
                written += rest;
                continue;
            }

            _ending = null;
            bool isFed = _fit is { IsEmpty: true } && _count > 0;
            if (isFed)
                _fit!.Given(Place(_fit.Input));
            int given = _fit?.Take(room) ?? (_count > 0 ? Place(room) : 0);
            written += given;
            if (given == 0 && !isFed)
                break;
        }

        return written;
    }

    private int Place(AudioBlock output)
    {
        int placed = Math.Min(_count, output.Frames);
        int channels = _now.Channels;
        for (int channel = 0; channel < channels; channel++)
        {
            Span<float> samples = output[channel][..placed];
            for (int i = 0; i < samples.Length; i++)
                samples[i] = _samples[((_start + i) * channels) + channel];
        }

        _start += placed;
        _count -= placed;
        return placed;
    }

    private void End()
    {
        _ended = true;
        if (_frames == 0)
            throw new UnreadableAudioException($"{Silence()} Check what was to write it.");
        if (WasDamaged)
            _warnings.Add($"A stretch of the {kind} was damaged and was left out.");
        if (Cut() is { } cut)
            _warnings.Add(cut);
    }
}
