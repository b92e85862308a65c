using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Hands out what a decoder made of one packet after another. Another line, or a chime, that was joined to the first is
/// brought to the first one's format. Allocates where a piece begins.
/// </summary>
/// <param name="kind">What the input is, for a warning.</param>
/// <param name="mostFrames">The most frames a packet has.</param>
internal sealed class PieceJoiner(string kind, int mostFrames)
{
    private readonly float[] _samples = new float[mostFrames * 2];
    private AudioFormat _now;
    private FormatFit? _fit;
    private FormatFit? _ending;
    private int _start;
    private int _count;

    /// <summary>The line's format, which the first piece has.</summary>
    public AudioFormat? Format { get; private set; }

    /// <summary>What is to be told; null where all pieces had one format.</summary>
    public string? Warning { get; private set; }

    /// <summary>Room for the next packet's samples, interleaved; to be filled once <see cref="Give"/> has no more.</summary>
    public Span<float> Samples => _samples;

    /// <summary>A piece begins.</summary>
    public void Begin(AudioFormat format)
    {
        EndPiece();
        Format ??= format;
        _now = format;
        if (format == Format)
            return;
        _fit = new FormatFit(format, Format.Value);
        Warning ??= $"The {kind} changes from {Format} to {format} on its way; it was brought to {Format}.";
    }

    /// <summary>The present piece ends; what its resampler holds comes in front of what follows.</summary>
    /// <returns>Whether there may be such.</returns>
    public bool EndPiece()
    {
        if (_fit is null)
            return false;
        _fit.End();
        (_ending, _fit) = (_fit, null);
        return true;
    }

    /// <summary>Says which of the frames in <see cref="Samples"/> are the line's.</summary>
    public void Decoded(int start, int frames) => (_start, _count) = (start, frames);

    /// <summary>Gives frames in the line's format until there are no more or the output is full.</summary>
    public int Give(AudioBlock output)
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
}
