using System;
using System.Collections.Generic;
using System.Globalization;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// RIFF WAVE, RIFX, RF64 (EBU Tech 3306) and BW64 (ITU-R BS.2088), read as it arrives. Sizes are trusted as far as they
/// agree with what comes. Speech servers send each piece of a line with a header of its own, or one header that counts
/// the first piece only: every piece is read, in the format of the first, and no header or other chunk is taken for
/// sound.
/// </summary>
/// <param name="fromPipe">Whether it goes without saying that the header does not know the sound's length.</param>
internal sealed class WavDecoder(bool fromPipe = false) : IDecoder
{
    // Of a piece in another format no more is read at once.
    private const int ReadBytes = 4_096;
    private const int WindowBytes = 16_384;

    private readonly List<string> _warnings = [];
    private readonly WavHeader _header = new();
    private readonly ByteWindow _window = new(WindowBytes);
    private Part _part = Part.Header;
    private Part _next;
    private WavSound? _sound;
    private long _left;
    private bool _open;
    private bool _padFollows;
    private bool _behindSound;
    private long _soundBytes;
    private int _clearBytes;
    private long _frames;
    private int _pieces;
    private double? _countedSeconds;
    private int _strayBytes;

    private enum Part
    {
        Header,
        Sound,

        /// <summary>Where the header says that the sound has ended.</summary>
        Behind,

        /// <summary>At the end of a piece, of which frames may be left.</summary>
        Drain,

        /// <summary>Behind a header that cannot be read.</summary>
        Lost,
        Ended,
    }

    public AudioFormat? Format => _sound?.Format;

    public IReadOnlyList<string> Warnings => _warnings;

    public DecodeStep Decode(ReadOnlySpan<byte> input, bool endOfInput, AudioBlock output)
    {
        int consumed = 0;
        int written = 0;
        bool wasKnown = _sound is not null;
        while (wasKnown == _sound is not null && (!wasKnown || written < output.Frames))
        {
            AudioBlock room = output.Slice(written, output.Frames - written);
            if (Advance(endOfInput && consumed == input.Length, room, ref written))
                continue;
            if (consumed == input.Length)
                break;
            consumed += _window.Take(input[consumed..]);
        }

        return new DecodeStep(consumed, written);
    }

    public void Dispose()
    {
    }

    // False where more bytes have to come.
    private bool Advance(bool ended, AudioBlock output, ref int written)
    {
        switch (_part)
        {
            case Part.Header:
                return ReadHeader(ended);
            case Part.Sound:
                return ReadSound(ended, output, ref written);
            case Part.Behind:
                return LookBehind(ended);
            case Part.Drain:
                int frames = _sound!.End(output);
                _frames += frames;
                written += frames;
                if (frames == 0)
                    EndPiece();
                return true;
            default:
                int rest = _window.Bytes.Length;
                _window.Pass(rest);
                if (rest > 0 || _part == Part.Ended || !ended)
                    return rest > 0;
                Drain(Part.Ended);
                return true;
        }
    }

    private bool ReadHeader(bool ended)
    {
        bool cameOn;
        try
        {
            cameOn = _header.Read(_window);
            if (_header.IsAtSound)
                StartSound();
            else if (cameOn && _behindSound && _header.IsBetweenChunks)
                _part = Part.Behind;
        }
        catch (UnreadableAudioException e) when (_sound is not null)
        {
            _warnings.Add(
                $"What follows {Seconds(_frames, _sound.Format.SampleRate)} s of sound was left out: {e.Message}");
            _part = Part.Lost;
            return true;
        }

        if (cameOn || !ended)
            return cameOn;
        if (_sound is null)
            throw new UnreadableAudioException(CutHeader());
        Drain(Part.Ended);
        return true;
    }

    private void StartSound()
    {
        WavFormatChunk format = _header.Format;
        if (_sound is not null && !WavSound.CanFit(format))
            throw new UnreadableAudioException($"a piece has a sample rate of {format.SampleRate} Hz.");
        if (format.Warning is not null && !_warnings.Contains(format.Warning))
            _warnings.Add(format.Warning);
        if (format.Channels > 2 && _pieces == 0)
            _warnings.Add($"The WAV file has {format.Channels} channels; they were averaged to mono.");
        _open = _header.SoundBytes is null;
        if (_open && _pieces == 0 && !fromPipe)
            _warnings.Add("The WAV file does not say how long it is, as one from a pipe; it is read to its end.");
        _left = _header.SoundBytes ?? long.MaxValue;
        _padFollows = !_open && (_left & 1) != 0;
        if (_sound is null)
            _sound = new WavSound(format, fromPipe);
        else
            _sound.Begin(format);
        _pieces++;
        _soundBytes = 0;
        _clearBytes = 0;
        _part = Part.Sound;
    }

    private bool ReadSound(bool ended, AudioBlock output, ref int written)
    {
        ReadOnlySpan<byte> bytes = _window.Bytes;
        int room = _sound!.IsFitted
            ? ReadBytes : (int)Math.Min(int.MaxValue - 8L, (output.Frames + 1L) * _sound.FrameBytes);
        int most = (int)Math.Min(Math.Min(bytes.Length, room), _left);
        // A name that begins in these bytes may end behind them.
        int doubtful = WavChunkHead.Find(bytes[..Math.Min(bytes.Length, most + 3)], _clearBytes, _soundBytes);
        if (doubtful == 0 && most > 0)
            return Judge(isBehind: false, pad: 0, ended);
        DecodeStep step = _sound.Read(bytes[..(doubtful > 0 ? Math.Min(doubtful, most) : most)], output);
        _window.Pass(step.BytesConsumed);
        _soundBytes += step.BytesConsumed;
        _clearBytes -= Math.Min(_clearBytes, step.BytesConsumed);
        _frames += step.FramesWritten;
        written += step.FramesWritten;
        if (!_open)
            _left -= step.BytesConsumed;
        if (_left == 0)
            _part = Part.Behind;
        else if (step == default && bytes.IsEmpty && ended)
            Drain(Part.Ended);
        return step != default || _part != Part.Sound;
    }

    private bool LookBehind(bool ended)
    {
        _behindSound = true;
        ReadOnlySpan<byte> bytes = _window.Bytes;
        if (!bytes.IsEmpty)
            return Judge(isBehind: true, pad: _padFollows && bytes[0] == 0 ? 1 : 0, ended);
        if (ended)
            Drain(Part.Ended);
        return ended;
    }

    private bool Judge(bool isBehind, int pad, bool ended)
    {
        ReadOnlySpan<byte> bytes = _window.Bytes[pad..];
        WavChunkHead.Verdict verdict = WavChunkHead.Judge(bytes, isBehind, _header.IsBigEndian, ended, out int wanted);
        if (verdict == WavChunkHead.Verdict.Open)
        {
            _window.Grow(pad + wanted);
            return false;
        }

        _padFollows = false;
        // A zero behind an unfinished frame was no padding.
        bool isPad = verdict != WavChunkHead.Verdict.Sound || _sound!.HeldBytes == 0;
        if (isPad)
        {
            _window.Pass(pad);
            _soundBytes += pad;
        }

        switch (verdict)
        {
            case WavChunkHead.Verdict.Sound:
                if (isBehind)
                {
                    _countedSeconds ??= (double)_frames / _sound!.Format.SampleRate;
                    (_open, _left) = (true, long.MaxValue);
                }

                _clearBytes = Math.Min(2, bytes.Length) + (isPad ? 0 : pad);
                _part = Part.Sound;
                break;
            case WavChunkHead.Verdict.Chunk:
                _behindSound = true;
                _header.BeginChunk();
                _part = Part.Header;
                break;
            case WavChunkHead.Verdict.File:
                Drain(Part.Header);
                break;
            default:
                _strayBytes = bytes.Length;
                _window.Pass(bytes.Length);
                Drain(Part.Ended);
                break;
        }

        return true;
    }

    private void Drain(Part next)
    {
        _next = next;
        _part = Part.Drain;
    }

    private void EndPiece()
    {
        _part = _next;
        if (_sound!.HeldBytes > 0)
        {
            _warnings.Add($"The sound ends {_sound.HeldBytes} of {_sound.FrameBytes} bytes into a frame;"
                + " the unfinished frame was left out.");
        }

        _behindSound = false;
        if (_part == Part.Header)
            _header.BeginFile();
        else
            End();
    }

    private void End()
    {
        if (_frames == 0)
            throw new UnreadableAudioException(
                "The WAV file has a header but no sound behind it. Check what was to write it.");
        if (!_open && _left > 0)
        {
            _warnings.Add($"The WAV header promises {Seconds(_left / _sound!.FrameBytes, _sound.SampleRate)} s more "
                + "sound than came;"
                + " the file was cut, or its header lies.");
        }

        if (_pieces > 1)
            _warnings.Add($"The WAV input is {_pieces} pieces in a row, each with a header; all were read.");
        if (_countedSeconds is { } counted)
        {
            _warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The WAV header counts only the first {counted:0.###} s of sound; what goes on behind them was read "
                    + $"too."));
        }

        if (_strayBytes > 0)
            _warnings.Add($"{_strayBytes} bytes behind the sound are no WAV chunk and were left out.");
        if (_sound!.Warning is { } range)
            _warnings.Add(range);
        if (_sound.DamagedSamples > 0)
        {
            _warnings.Add($"{_sound.DamagedSamples} samples were not numbers, or absurdly large,"
                + " and were replaced by silence.");
        }
    }

    private string CutHeader() => _header.BytesRead + _window.Bytes.Length == 0
        ? "The input is empty: not one byte came. Check what was to write it."
        : $"The WAV file ends after {_header.BytesRead + _window.Bytes.Length} bytes, inside its header and before any "
            + "sound."
            + " Check what was to write it.";

    private static string Seconds(long frames, int rate) =>
        ((double)frames / rate).ToString("0.###", CultureInfo.InvariantCulture);
}
