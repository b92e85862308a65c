using System;
using R3X.FxHost.Formats;
using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// The sound of a WAV input: the bytes behind its "data" heads to frames in the format it began with, also where a
/// later piece has another format.
/// </summary>
internal sealed class WavSound
{
    private readonly AudioFormat _line;
    private readonly bool _fromDecoder;
    private WavFormatChunk _piece;
    private FrameReader _reader;
    private FloatRange? _range;
    private FormatFit? _fit;
    private long _damagedBefore;
    private string? _warningBefore;
    private bool _hasEnded;

    /// <summary>Begins with the first piece, whose format is the line's.</summary>
    /// <param name="first">The piece's format.</param>
    /// <param name="fromDecoder">Whether a decoder made the samples.</param>
    public WavSound(WavFormatChunk first, bool fromDecoder)
    {
        _fromDecoder = fromDecoder;
        _piece = first;
        _reader = new FrameReader(first.Coding, first.Channels, first.IsBigEndian);
        _line = new AudioFormat(first.SampleRate, _reader.Channels);
        _range = RangeOf(first, _line);
    }

    /// <summary>The line's format.</summary>
    public AudioFormat Format => _line;

    /// <summary>Bytes held of a frame whose rest has not come.</summary>
    public int HeldBytes => _reader.HeldBytes;

    /// <summary>Bytes of a frame of the present piece.</summary>
    public int FrameBytes => _reader.FrameBytes;

    /// <summary>Frames a second of the present piece.</summary>
    public int SampleRate => _piece.SampleRate;

    /// <summary>Samples that were not numbers, in all pieces.</summary>
    public long DamagedSamples => _damagedBefore + _reader.DamagedSamples + (_range?.DamagedSamples ?? 0);

    /// <summary>What is to be told of the samples; null when nothing is.</summary>
    public string? Warning => _warningBefore ?? _range?.Warning;

    /// <summary>Whether the present piece has another format than the line.</summary>
    public bool IsFitted => _fit is not null;

    /// <summary>Whether a piece can be brought to the line's format.</summary>
    public static bool CanFit(WavFormatChunk piece) =>
        piece.SampleRate is >= Resampler.MinimumRate and <= Resampler.MaximumRate;

    /// <summary>
    /// Begins a later piece. What the one before still had must have been taken with <see cref="End"/>.
    /// </summary>
    public void Begin(WavFormatChunk piece)
    {
        _damagedBefore += _reader.DamagedSamples;
        _reader = new FrameReader(piece.Coding, piece.Channels, piece.IsBigEndian);
        if (piece == _piece && !_hasEnded)
            return;
        (_damagedBefore, _warningBefore) = (DamagedSamples, Warning);
        var format = new AudioFormat(piece.SampleRate, _reader.Channels);
        _range = RangeOf(piece, format);
        _fit = format == _line ? null : new FormatFit(format, _line);
        _piece = piece;
        _hasEnded = false;
    }

    /// <summary>Reads until the input is used up or the output is full.</summary>
    public DecodeStep Read(ReadOnlySpan<byte> input, AudioBlock output)
    {
        if (_fit is null)
            return ReadPiece(input, output);
        int consumed = 0;
        int written = _fit.Take(output);
        while (written < output.Frames && _fit.IsEmpty && consumed < input.Length)
        {
            DecodeStep step = ReadPiece(input[consumed..], _fit.Input);
            consumed += step.BytesConsumed;
            _fit.Given(step.FramesWritten);
            written += _fit.Take(output.Slice(written, output.Frames - written));
        }

        return new DecodeStep(consumed, written);
    }

    /// <summary>Ends the present piece.</summary>
    /// <returns>Frames written; 0 once there are no more.</returns>
    public int End(AudioBlock output)
    {
        _hasEnded = true;
        _range?.End();
        if (_fit is null)
            return _range?.Take(output) ?? 0;
        if (_fit.IsEmpty && _range?.Take(_fit.Input) is { } last and > 0)
            _fit.Given(last);
        else if (_fit.IsEmpty)
            _fit.End();
        return _fit.Take(output);
    }

    private FloatRange? RangeOf(WavFormatChunk piece, AudioFormat format) =>
        piece.Coding is SampleCoding.Float32 or SampleCoding.Float64 ? new FloatRange(format, _fromDecoder) : null;

    private DecodeStep ReadPiece(ReadOnlySpan<byte> input, AudioBlock output)
    {
        if (_range is null)
            return _reader.Read(input, output);
        int consumed = 0;
        int written = _range.Take(output);
        while (written < output.Frames && consumed < input.Length)
        {
            DecodeStep step = _reader.Read(input[consumed..], _range.Input);
            consumed += step.BytesConsumed;
            _range.Given(step.FramesWritten);
            written += _range.Take(output.Slice(written, output.Frames - written));
        }

        return new DecodeStep(consumed, written);
    }
}
