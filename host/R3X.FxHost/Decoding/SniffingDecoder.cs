using System;
using System.Collections.Generic;
using System.Globalization;
using R3X.FxHost.Formats;
using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Looks at the first bytes, chooses the decoder they ask for and gives it those bytes again. A name helps where bytes
/// do not tell; where they tell something else than the name, they are believed and a warning says so.
/// </summary>
internal sealed class SniffingDecoder(AudioFormatName? named, CodecTools tools) : IDecoder
{
    private const string NameSamples = "If it is headerless samples, " + UnreadableAudioException.FormatFix;
    private const int TextBytes = 512;
    private const int SmallProbeBytes = 2_048;
    private const int FewBytes = 32;
    private const int SmallestOpus = OggPage.HeadBytes + 1 + OpusHead.Bytes;
    private const int MostBytes = 65_536;

    private readonly List<string> _warnings = [];
    private readonly ByteWindow _window = new(TextBytes);
    private int _wanted = ContainerStart.Bytes;
    private long _tagBytes;
    private bool _foundTag;
    private IDecoder? _chosen;

    public AudioFormat? Format { get; private set; }

    public IReadOnlyList<string> Warnings => [.. _warnings, .. _chosen?.Warnings ?? []];

    public DecodeStep Decode(ReadOnlySpan<byte> input, bool endOfInput, AudioBlock output)
    {
        int consumed = 0;
        while (_chosen is null)
        {
            consumed += Collect(input[consumed..]);
            bool complete = endOfInput && consumed == input.Length;
            if (PassTag())
                continue;
            if (_window.Bytes.Length < _wanted && !complete)
                return new DecodeStep(consumed, 0);
            _chosen = Choose(_window.Bytes, complete);
        }

        bool known = Format is not null;
        FitRate();
        int written = 0;
        while (known == Format is not null && (!known || written < output.Frames))
        {
            bool isHeld = !_window.Bytes.IsEmpty;
            bool last = endOfInput && (consumed == input.Length || !isHeld);
            ReadOnlySpan<byte> bytes = isHeld ? _window.Bytes : input[consumed..];
            DecodeStep step = _chosen.Decode(bytes, last, output.Slice(written, output.Frames - written));
            written += step.FramesWritten;
            if (isHeld)
                _window.Pass(step.BytesConsumed);
            else
                consumed += step.BytesConsumed;
            FitRate();
            if (!isHeld || step == default)
                break;
        }

        return new DecodeStep(consumed, written);
    }

    public void Dispose() => _chosen?.Dispose();

    private int Collect(ReadOnlySpan<byte> input)
    {
        int passed = (int)Math.Min(_tagBytes, input.Length);
        _tagBytes -= passed;
        int most = Math.Clamp(_wanted - _window.Bytes.Length, 0, input.Length - passed);
        return passed + _window.Take(input.Slice(passed, most));
    }

    // What stands behind a tag tells what the input is.
    private bool PassTag()
    {
        long tag = named is { IsHeaderless: true } ? 0 : Id3Tag.BytesOf(_window.Bytes);
        if (tag == 0)
            return false;
        int here = (int)Math.Min(tag, _window.Bytes.Length);
        _window.Pass(here);
        (_tagBytes, _foundTag) = (tag - here, true);
        return true;
    }

    // Null asks for more bytes, of which it then wants _wanted in all.
    private IDecoder? Choose(ReadOnlySpan<byte> start, bool complete)
    {
        if (named is { IsHeaderless: true } raw)
            return ChooseHeaderless(raw, start, complete);
        if (start.IsEmpty)
        {
            throw new UnreadableAudioException(_foundTag
                ? "The input holds an ID3 tag and no sound behind it. Check what was to write it."
                : "The input is empty: not one byte came. Check what was to write it.");
        }

        AudioCodec? found = ContainerStart.Certain(start);
        if (found is null && named is not null && ContainerStart.MayBeFrame(start) == named.Codec)
            found = named.Codec;
        if (found is null)
        {
            found = FrameProof.Of(start, complete, frames: 2, out bool isOpen);
            if (found is null && isOpen && Grow(start.Length + FewBytes))
                return null;
        }

        if (found is null)
            return ChooseUnknown(start, complete);
        if (found == AudioCodec.Wav)
        {
            bool? isOurs = WavFormatChunk.KnowsCodec(start);
            if (isOurs is null && !complete && Grow(Further))
                return null;
            if (isOurs == false)
                return FfmpegDecoder.OfBytes(Ffmpeg(AudioCodec.Other), "wav");
        }

        bool isOpus = false;
        if (found == AudioCodec.Ogg)
        {
            bool? opus = OpusHead.Begins(start);
            if (opus is null && !complete && Grow(SmallestOpus))
                return null;
            isOpus = opus == true;
        }

        bool soundFirst = false;
        if (found == AudioCodec.Mp4)
        {
            bool? first = Mp4Boxes.SoundComesFirst(start);
            if (first is null && !complete && Grow(Further))
                return null;
            soundFirst = first == true;
        }

        NoteOtherThanNamed(found.Value);
        return found switch
        {
            AudioCodec.Wav => new WavDecoder(),
            AudioCodec.Mp3 => OpenMp3(),
            AudioCodec.Ogg when isOpus => new OggOpusDecoder(),
            _ when soundFirst => new SpooledDecoder(Ffmpeg(found.Value)),
            _ => FfmpegDecoder.OfBytes(Ffmpeg(found.Value), Demuxer(found.Value)),
        };
    }

    // Named, it need not be found out, which takes ffmpeg seconds of sound.
    private static string? Demuxer(AudioCodec codec) => codec switch
    {
        AudioCodec.Aac => "aac",
        AudioCodec.Ogg or AudioCodec.Opus => "ogg",
        AudioCodec.Flac => "flac",
        AudioCodec.Matroska => "matroska",
        AudioCodec.Aiff => "aiff",
        AudioCodec.Mp4 => "mov",
        AudioCodec.Mp3 => "mp3",
        _ => null,
    };

    private IDecoder? ChooseHeaderless(AudioFormatName raw, ReadOnlySpan<byte> start, bool complete)
    {
        AudioCodec? found = ContainerStart.Certain(start);
        if (found is null)
        {
            found = FrameProof.Of(start, complete, frames: 4, out bool isOpen);
            if (found is null && isOpen && Grow(start.Length + FewBytes))
                return null;
        }

        if (found is { } codec)
        {
            NoteOtherThanNamed(codec);
            return new SniffingDecoder(null, tools);
        }

        if (StartOfText.Is(start))
        {
            if (!complete && Grow(TextBytes))
                return null;
            if (StartOfText.IsMessage(start))
                throw new UnreadableAudioException(Text(start));
        }

        SampleCoding coding = raw.Codec switch
        {
            AudioCodec.MuLaw => SampleCoding.MuLaw,
            AudioCodec.ALaw => SampleCoding.ALaw,
            AudioCodec.Float => SampleCoding.Float32,
            _ => SampleCoding.Int16,
        };
        if (coding == SampleCoding.Int16 && Samples.LooksLikeFloat(start))
        {
            if (!complete && Grow(TextBytes))
                return null;
            coding = SampleCoding.Float32;
            _warnings.Add(
                $"The input was named {named} but holds 32-bit float samples; they were read as what they are.");
        }

        return new RawDecoder(coding, new AudioFormat(raw.SampleRate ?? AudioFormat.MinimumSampleRate, raw.Channels));
    }

    private IDecoder? ChooseUnknown(ReadOnlySpan<byte> start, bool complete)
    {
        if (start.Length >= TextBytes || complete)
        {
            if (StartOfText.Is(start))
                throw new UnreadableAudioException(Text(start));
            int frame = MpegHeader.FindThree(start);
            if (frame >= 0)
            {
                _window.Pass(frame);
                _warnings.Add($"The first {frame} bytes are no audio and were left out; an MP3 starts behind them.");
                return OpenMp3();
            }
        }

        // ffmpeg looks for itself, and a stream should not wait for it.
        int most = named is null && tools.Ffmpeg is not null ? SmallProbeBytes : MostBytes;
        if (!complete && Grow(Math.Min(most, Further)))
            return null;
        return named?.Codec switch
        {
            AudioCodec.Wav => new WavDecoder(),
            AudioCodec.Mp3 => OpenMp3(),
            { } foreign => FfmpegDecoder.OfBytes(Ffmpeg(foreign), null),
            // Whatever ffmpeg reads; it says so where it is nothing.
            null when tools.Ffmpeg is not null && start.Length >= ContainerStart.Bytes =>
                FfmpegDecoder.OfBytes(tools.Ffmpeg, null, NameSamples),
            null => throw new UnreadableAudioException(
                $"The input is no audio file that is known: its first {start.Length} bytes hold no header"
                    + $" (it begins {Convert.ToHexString(start[..Math.Min(8, start.Length)])}). {NameSamples}"),
        };
    }

    private static string Text(ReadOnlySpan<byte> start) =>
        $"The input is text, not audio. It begins: {StartOfText.Quote(start)}";

    private int Further => _wanted < TextBytes ? TextBytes : 4 * _wanted;

    private bool Grow(int bytes)
    {
        bytes = Math.Min(bytes, MostBytes);
        if (bytes <= _wanted)
            return false;
        _wanted = bytes;
        _window.Grow(bytes);
        return true;
    }

    private IDecoder OpenMp3() =>
        tools.Ffmpeg is not null
            && MpegHeader.TryParse(_window.Bytes, out MpegHeader first)
            && !Mp3Decoder.CanDecode(first, tools.HasMpg123)
            ? FfmpegDecoder.OfBytes(tools.Ffmpeg, Demuxer(AudioCodec.Mp3))
            : new Mp3Decoder(tools.HasMpg123);

    private string Ffmpeg(AudioCodec codec) => tools.Ffmpeg ?? throw new UnreadableAudioException(
        $"{(codec == AudioCodec.Other ? "This kind of file" : $"{codec} audio")} needs ffmpeg, which is not on the "
            + $"PATH. Install it: {FfmpegProcess.InstallLine}.");

    private void NoteOtherThanNamed(AudioCodec found)
    {
        bool same = named is null || named.Codec == found || (found == AudioCodec.Other && !named.IsHeaderless)
            || (named.Codec == AudioCodec.Opus && found is AudioCodec.Ogg or AudioCodec.Matroska)
            || (named.Codec == AudioCodec.Aac && found == AudioCodec.Mp4);
        if (!same)
        {
            string kind = found == AudioCodec.Other ? "another kind of file" : $"{found}";
            _warnings.Add($"The input was named {named} but is {kind}; it was read as what it is.");
        }
    }

    private void FitRate()
    {
        if (Format is not null || _chosen?.Format is not { } format)
            return;
        if (format.SampleRate > Resampler.MaximumRate || format.SampleRate < AudioFormat.MinimumSampleRate)
        {
            throw new UnreadableAudioException(string.Create(
                CultureInfo.InvariantCulture,
                $"The input has a sample rate of {format.SampleRate} Hz; {AudioFormat.MinimumSampleRate} to "
                    + $"{Resampler.MaximumRate} Hz are understood. Convert it: ffmpeg -i in -ar 48000 out.wav"));
        }

        if (format.SampleRate > AudioFormat.MaximumSampleRate)
            _chosen = new RateFitDecoder(_chosen, format);
        Format = _chosen.Format;
    }
}
