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

    private readonly List<string> _warnings = [];
    private readonly WavHeader _header = new();
    private readonly WavDoubt _doubt = new();
    private Part _part = Part.Header;
    private Part _next;
    private WavSound? _sound;
    private long _left;
    private bool _open;
    private bool _padFollows;
    private bool _tookPad;
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

        /// <summary>At bytes that may be a chunk and may be sound.</summary>
        Doubt,

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
            // Bytes that were held in doubt come before those that follow them.
            bool isHeld = _part != Part.Doubt && _doubt.Held > 0;
            Part before = _part;
            DecodeStep step = isHeld
                ? Advance(_doubt.Bytes, false, Rest(output, written))
                : Advance(input[consumed..], endOfInput, Rest(output, written));
            written += step.FramesWritten;
            if (isHeld)
                _doubt.Drop(step.BytesConsumed);
            else
                consumed += step.BytesConsumed;
            if (step == default && _part == before)
                break;
        }

        return new DecodeStep(consumed, written);
    }

    public void Dispose()
    {
    }

    private static AudioBlock Rest(AudioBlock output, int written) => output.Slice(written, output.Frames - written);

    private DecodeStep Advance(ReadOnlySpan<byte> source, bool ended, AudioBlock output)
    {
        switch (_part)
        {
            case Part.Header:
                return new DecodeStep(ReadHeader(source, ended), 0);
            case Part.Sound:
                return ReadSound(source, ended, output);
            case Part.Behind:
                return new DecodeStep(LookBehind(source, ended), 0);
            case Part.Doubt:
                WavDoubt.Verdict verdict = _doubt.Take(source, ended, out int taken);
                Decide(verdict, ended && taken == source.Length);
                return new DecodeStep(taken, 0);
            case Part.Drain:
                int frames = _sound!.End(output);
                _frames += frames;
                if (frames == 0)
                    EndPiece();
                return new DecodeStep(0, frames);
            case Part.Lost:
                if (ended)
                    Drain(Part.Ended);
                return new DecodeStep(source.Length, 0);
            default:
                return new DecodeStep(source.Length, 0);
        }
    }

    private int ReadHeader(ReadOnlySpan<byte> source, bool ended)
    {
        int read = 0;
        try
        {
            read = _header.Read(source);
            if (_header.IsAtSound)
                StartSound();
            else if (_behindSound && _header.IsBetweenChunks)
                _part = Part.Behind;
        }
        catch (UnreadableAudioException e) when (_sound is not null)
        {
            _warnings.Add($"What follows {Seconds(_frames, _sound.Format.SampleRate)} s of sound was left out: {e.Message}");
            _part = Part.Lost;
            return source.Length;
        }

        if (ended && read == source.Length && _part == Part.Header)
        {
            if (_sound is null)
                throw new UnreadableAudioException(CutHeader());
            Drain(Part.Ended);
        }

        return read;
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
        _tookPad = false;
        if (_sound is null)
            _sound = new WavSound(format, fromPipe);
        else
            _sound.Begin(format);
        _pieces++;
        _soundBytes = 0;
        _clearBytes = 0;
        _part = Part.Sound;
    }

    private DecodeStep ReadSound(ReadOnlySpan<byte> source, bool ended, AudioBlock output)
    {
        int room = _sound!.IsFitted ? ReadBytes : (int)Math.Min(int.MaxValue - 8L, (output.Frames + 1L) * _sound.FrameBytes);
        int bytes = (int)Math.Min(Math.Min(source.Length, room), _left);
        // A name that begins in these bytes may end behind them.
        ReadOnlySpan<byte> seen = source[..Math.Min(source.Length, bytes + 3)];
        int doubtful = WavChunkHead.Find(seen, _clearBytes, _soundBytes);
        if (doubtful == 0 && bytes > 0)
        {
            _doubt.Begin(behind: false, _header.IsBigEndian);
            _part = Part.Doubt;
            return default;
        }

        DecodeStep step = _sound.Read(source[..(doubtful > 0 ? Math.Min(doubtful, bytes) : bytes)], output);
        _soundBytes += step.BytesConsumed;
        _clearBytes -= Math.Min(_clearBytes, step.BytesConsumed);
        _frames += step.FramesWritten;
        if (!_open)
            _left -= step.BytesConsumed;
        if (_left == 0)
            _part = Part.Behind;
        else if (step == default && source.IsEmpty && ended)
            Drain(Part.Ended);
        return step;
    }

    private int LookBehind(ReadOnlySpan<byte> source, bool ended)
    {
        _behindSound = true;
        if (source.IsEmpty)
        {
            if (ended)
                Drain(Part.Ended);
            return 0;
        }

        bool isPad = _padFollows && source[0] == 0;
        _padFollows = false;
        if (isPad)
        {
            _soundBytes++;
            _tookPad = true;
            return 1;
        }

        _doubt.Begin(behind: true, _header.IsBigEndian);
        _part = Part.Doubt;
        return 0;
    }

    private void Decide(WavDoubt.Verdict verdict, bool ended)
    {
        switch (verdict)
        {
            case WavDoubt.Verdict.Sound:
                if (_doubt.IsBehind)
                {
                    _countedSeconds ??= (double)_frames / _sound!.Format.SampleRate;
                    (_open, _left) = (true, long.MaxValue);
                    PutBackPad();
                }

                _clearBytes = ended ? _doubt.Held : Math.Min(2, _doubt.Held);
                _part = Part.Sound;
                break;
            case WavDoubt.Verdict.Chunk:
                _behindSound = true;
                _header.BeginChunk();
                _part = Part.Header;
                break;
            case WavDoubt.Verdict.File:
                Drain(Part.Header);
                break;
            case WavDoubt.Verdict.Stray:
                _strayBytes = _doubt.Held;
                _doubt.Drop(_doubt.Held);
                Drain(Part.Ended);
                break;
        }
    }

    // A zero behind an unfinished frame was no padding.
    private void PutBackPad()
    {
        if (!_tookPad || _sound!.HeldBytes == 0)
            return;
        _doubt.Precede(0);
        _soundBytes--;
        _tookPad = false;
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
            throw new UnreadableAudioException("The WAV file has a header but no sound behind it. Check what was to write it.");
        if (!_open && _left > 0)
        {
            _warnings.Add($"The WAV header promises {Seconds(_left / _sound!.FrameBytes, _sound.SampleRate)} s more sound than came;"
                + " the file was cut, or its header lies.");
        }

        if (_pieces > 1)
            _warnings.Add($"The WAV input is {_pieces} pieces in a row, each with a header; all were read.");
        if (_countedSeconds is { } counted)
        {
            _warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The WAV header counts only the first {counted:0.###} s of sound; what goes on behind them was read too."));
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

    private string CutHeader() => _header.BytesRead == 0
        ? "The input is empty: not one byte came. Check what was to write it."
        : $"The WAV file ends after {_header.BytesRead} bytes, inside its header and before any sound."
            + " Check what was to write it.";

    private static string Seconds(long frames, int rate) =>
        ((double)frames / rate).ToString("0.###", CultureInfo.InvariantCulture);
}
