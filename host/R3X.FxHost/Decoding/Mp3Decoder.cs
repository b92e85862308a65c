using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>MPEG audio through libmpg123's feed interface. An ID3v2 tag in front must have been taken away.</summary>
internal sealed class Mp3Decoder : IDecoder
{
    private const int FeedBytes = 4_096;
    private const int ScratchFrames = 1_152;
    // libmpg123 asks for more for ever when what it gets is no MPEG audio.
    private const int MostBytesWithoutSound = 65_536;
    private const int MostErrorsInARow = 64;

    private readonly List<string> _warnings = [];
    private readonly Mpg123Handle _handle = Mpg123Handle.Open();
    private readonly float[] _scratch = GC.AllocateArray<float>(ScratchFrames * 2, pinned: true);
    private readonly MpegFrames _trail = new();
    private AudioFormat _now;
    private FormatFit? _fit;
    private FormatFit? _ending;
    private long _fed;
    private long _frames;
    private bool _damaged;
    private bool _formatChanged;
    private bool _ended;

    public AudioFormat? Format { get; private set; }

    public IReadOnlyList<string> Warnings => _warnings;

    public DecodeStep Decode(ReadOnlySpan<byte> input, bool endOfInput, AudioBlock output)
    {
        int consumed = 0;
        int written = 0;
        int errors = 0;
        ReadOnlySpan<byte> fed = default;
        while (TakeFitted(output, ref written))
        {
            int status = Pull(fed, output, ref written);
            fed = default;
            if (status == Mpg123.NewFormat)
            {
                if (TakeFormat())
                    return new DecodeStep(consumed, 0);
                continue;
            }

            if (status == Mpg123.Ok)
                continue;
            if (status is not (Mpg123.NeedMore or Mpg123.Done))
            {
                _damaged = true;
                if (++errors < MostErrorsInARow)
                    continue;
            }

            if (consumed == input.Length)
            {
                if (endOfInput && _fit is not null)
                {
                    EndFit();
                    continue;
                }

                if (endOfInput && !_ended && written == 0)
                    End();
                break;
            }

            // Bytes are taken only where what came before them has found room.
            if (!TakeFitted(output, ref written))
                break;
            errors = 0;
            fed = input.Slice(consumed, Math.Min(FeedBytes, input.Length - consumed));
            consumed += fed.Length;
            CountFed(fed);
        }

        return new DecodeStep(consumed, written);
    }

    public void Dispose() => _handle.Dispose();

    private unsafe int Pull(ReadOnlySpan<byte> fed, AudioBlock output, ref int written)
    {
        int channels = Math.Max(1, _now.Channels);
        int frames = Math.Min(ScratchFrames, Format is null ? ScratchFrames : output.Frames - written);
        nuint done;
        int status;
        fixed (byte* bytes = fed)
        {
            fixed (float* scratch = _scratch)
                status = Mpg123.Decode(_handle, bytes, (nuint)fed.Length, (byte*)scratch, (nuint)(frames * channels * sizeof(float)), out done);
        }

        // Samples come with every status, "need more" above all.
        int pulled = (int)done / (sizeof(float) * channels);
        if (pulled > 0 && _fit is not null)
        {
            Place(_scratch.AsSpan(0, pulled * channels), _fit.Input.Slice(0, pulled));
            _fit.Given(pulled);
        }
        else if (pulled > 0 && Format is not null)
        {
            Place(_scratch.AsSpan(0, pulled * channels), output.Slice(written, pulled));
            written += pulled;
            _frames += pulled;
        }

        return status;
    }

    // False when the output is full.
    private bool TakeFitted(AudioBlock output, ref int written)
    {
        while ((_ending ?? _fit) is { } fit && written < output.Frames)
        {
            int taken = fit.Take(output.Slice(written, output.Frames - written));
            written += taken;
            _frames += taken;
            if (taken == 0 && _ending is null)
                return true;
            if (taken == 0)
                _ending = null;
        }

        return Format is null || written < output.Frames;
    }

    // A piece in another format has ended; what its resampler holds comes in front of what follows.
    private void EndFit()
    {
        _fit?.End();
        _ending = _fit;
        _fit = null;
    }

    private static void Place(ReadOnlySpan<float> interleaved, AudioBlock output)
    {
        int channels = output.Channels;
        for (int channel = 0; channel < channels; channel++)
        {
            Span<float> samples = output[channel];
            for (int i = 0; i < samples.Length; i++)
                samples[i] = interleaved[(i * channels) + channel];
        }
    }

    // True when this is the format of the line; a later one is that of another line, or a chime, joined to the first.
    private bool TakeFormat()
    {
        if (Mpg123.GetFormat(_handle, out CLong rate, out int channels, out int encoding) != Mpg123.Ok || encoding != Mpg123.Float32)
            throw new UnreadableAudioException("libmpg123 decodes to something else than 32-bit float. Install a build of it with float output.");
        _now = new AudioFormat((int)rate.Value, channels);
        if (Format is null)
        {
            Format = _now;
            return true;
        }

        EndFit();
        if (_now == Format)
            return false;
        _fit = new FormatFit(_now, Format.Value);
        if (!_formatChanged)
            _warnings.Add($"The MP3 changes from {Format} to {_now} on its way; it was brought to {Format}.");
        _formatChanged = true;
        return false;
    }

    private void CountFed(ReadOnlySpan<byte> fed)
    {
        _trail.Follow(fed);
        _fed += fed.Length;
        if (Format is null && _fed > MostBytesWithoutSound)
            throw new UnreadableAudioException($"The input's first {MostBytesWithoutSound / 1024} kB hold no MPEG audio. Check what was to write it, or name its true format.");
    }

    private void End()
    {
        _ended = true;
        if (_fed == 0)
            throw new UnreadableAudioException("The input holds no sound: nothing follows the tag in front. Check what was to write it.");
        if (_frames == 0)
            throw new UnreadableAudioException($"The input holds no whole frame of MPEG audio in its {_fed} bytes. Check what was to write it.");
        if (_damaged)
            _warnings.Add("A stretch of the MP3 was damaged and was left out.");
        if (_trail.MissingBytes > 0)
            _warnings.Add($"The MP3 ends {_trail.MissingBytes} bytes before the end of its last frame of {_trail.FrameBytes}; the cut frame was left out.");
    }
}
