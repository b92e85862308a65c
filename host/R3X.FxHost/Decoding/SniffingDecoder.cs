using System;
using System.Collections.Generic;
using System.Globalization;
using R3X.FxHost.Formats;
using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Looks at the first bytes, chooses the decoder they ask for and gives it those bytes again. A name helps where bytes do
/// not tell; where they tell something else than the name, they are believed and a warning says so.
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
    private readonly Id3Skip _tag = new();
    private byte[] _start = new byte[TextBytes];
    private int _startBytes;
    private int _replayed;
    private int _wanted = ContainerStart.Bytes;
    private IDecoder? _chosen;

    public AudioFormat? Format { get; private set; }

    public IReadOnlyList<string> Warnings => [.. _warnings, .. _chosen?.Warnings ?? []];

    public DecodeStep Decode(ReadOnlySpan<byte> input, bool endOfInput, AudioBlock output)
    {
        int consumed = 0;
        if (_chosen is null)
        {
            consumed = SkipTag(input, endOfInput);
            while (_chosen is null)
            {
                consumed += Collect(input[consumed..]);
                bool complete = endOfInput && consumed == input.Length;
                if (_startBytes < _wanted && !complete)
                    return new DecodeStep(consumed, 0);
                _chosen = Choose(_start.AsSpan(0, _startBytes), complete);
            }
        }

        if (Format is null)
        {
            FitRate();
            if (Format is not null)
                return new DecodeStep(consumed, 0);
        }

        int written = 0;
        bool known = Format is not null;
        while (_replayed < _startBytes)
        {
            bool last = endOfInput && consumed == input.Length;
            DecodeStep again = _chosen.Decode(_start.AsSpan(_replayed, _startBytes - _replayed), last, Rest(output, written));
            _replayed += again.BytesConsumed;
            written += again.FramesWritten;
            FitRate();
            if (known != (Format is not null) || (known && written == output.Frames) || again == default)
                return new DecodeStep(consumed, written);
        }

        DecodeStep step = _chosen.Decode(input[consumed..], endOfInput, Rest(output, written));
        FitRate();
        return new DecodeStep(consumed + step.BytesConsumed, written + step.FramesWritten);
    }

    public void Dispose() => _chosen?.Dispose();

    private static AudioBlock Rest(AudioBlock output, int written) => output.Slice(written, output.Frames - written);

    private int SkipTag(ReadOnlySpan<byte> input, bool endOfInput)
    {
        if (_tag.IsDone || named is { IsHeaderless: true })
            return 0;
        int taken = _tag.Take(input);
        if (endOfInput && taken == input.Length)
            _tag.End();
        if (_tag.IsDone)
            _ = Collect(_tag.Rest);
        return taken;
    }

    private int Collect(ReadOnlySpan<byte> input)
    {
        int taken = Math.Min(Math.Max(0, _wanted - _startBytes), input.Length);
        if (_startBytes + taken > _start.Length)
            Array.Resize(ref _start, Math.Max(_wanted, 2 * _start.Length));
        input[..taken].CopyTo(_start.AsSpan(_startBytes));
        _startBytes += taken;
        return taken;
    }

    // Null asks for more bytes, of which it then wants _wanted in all.
    private IDecoder? Choose(ReadOnlySpan<byte> start, bool complete)
    {
        if (named is { IsHeaderless: true } raw)
            return ChooseHeaderless(raw, start, complete);
        if (start.IsEmpty)
        {
            throw new UnreadableAudioException(_tag.FoundTag
                ? "The input holds an ID3 tag and no sound behind it. Check what was to write it."
                : "The input is empty: not one byte came. Check what was to write it.");
        }

        AudioCodec? found = ContainerStart.Certain(start);
        if (found is null && named is not null && ContainerStart.MayBeFrame(start) == named.Codec)
            found = named.Codec;
        if (found is null)
        {
            found = FrameProof.Of(start, complete, frames: 2, out bool isOpen);
            if (found is null && isOpen && Grow(_startBytes + FewBytes))
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
            if (found is null && isOpen && Grow(_startBytes + FewBytes))
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
                _replayed = frame;
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
        return true;
    }

    private IDecoder OpenMp3() =>
        tools.Ffmpeg is not null
            && MpegHeader.TryParse(_start.AsSpan(_replayed, _startBytes - _replayed), out MpegHeader first)
            && !Mp3Decoder.CanDecode(first, tools.HasMpg123)
            ? FfmpegDecoder.OfBytes(tools.Ffmpeg, Demuxer(AudioCodec.Mp3))
            : new Mp3Decoder(tools.HasMpg123);

    private string Ffmpeg(AudioCodec codec) => tools.Ffmpeg ?? throw new UnreadableAudioException(
        $"{(codec == AudioCodec.Other ? "This kind of file" : $"{codec} audio")} needs ffmpeg, which is not on the PATH. Install it: {FfmpegProcess.InstallLine}.");

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
                $"The input has a sample rate of {format.SampleRate} Hz; {AudioFormat.MinimumSampleRate} to {Resampler.MaximumRate} Hz are understood. Convert it: ffmpeg -i in -ar 48000 out.wav"));
        }

        if (format.SampleRate > AudioFormat.MaximumSampleRate)
            _chosen = new RateFitDecoder(_chosen, format);
        Format = _chosen.Format;
    }
}
