using System;
using System.Buffers.Binary;
using R3X.FxHost.Formats;

namespace R3X.FxHost.Decoding;

/// <summary>
/// What a WAV file's "fmt " chunk says (Microsoft, "Multimedia Programming Interface and Data Specifications", 1991,
/// and WAVEFORMATEXTENSIBLE).
/// </summary>
internal readonly record struct WavFormatChunk(
    int SampleRate, int Channels, SampleCoding Coding, bool IsBigEndian, string? Warning)
{
    public const int ShortestBytes = 16;
    public const int LongestBytes = 40;

    private const int Pcm = 1;
    private const int IeeeFloat = 3;
    private const int ALaw = 6;
    private const int MuLaw = 7;
    private const int Extensible = 0xFFFE;
    private const int MostChannels = 64;

    /// <summary>
    /// Whether a file's codec is read here; null where its "fmt " chunk lies behind the bytes that are there.
    /// </summary>
    /// <param name="file">The file's first bytes.</param>
    public static bool? KnowsCodec(ReadOnlySpan<byte> file)
    {
        long at = WavChunkHead.WithFormBytes;
        bool isBigEndian = WavChunkHead.IsBigEndian(file);
        while (at + WavChunkHead.Bytes <= file.Length)
        {
            ReadOnlySpan<byte> chunk = file[(int)at..];
            uint size = WavChunkHead.Size(chunk, isBigEndian);
            if (chunk.StartsWith("fmt "u8))
                return KnowsCodec(chunk[WavChunkHead.Bytes..], size, isBigEndian);
            if (chunk.StartsWith("data"u8))
                return true;
            at += WavChunkHead.Bytes + size + (size & 1);
        }

        return null;
    }

    /// <exception cref="UnreadableAudioException">The chunk describes no sound, or none that is understood.</exception>
    public static WavFormatChunk Parse(ReadOnlySpan<byte> chunk, bool isBigEndian)
    {
        int tag = Number(chunk, isBigEndian);
        int channels = Number(chunk[2..], isBigEndian);
        uint rate = WavChunkHead.Size(chunk, isBigEndian);
        int frameBytes = Number(chunk[12..], isBigEndian);
        int bits = Number(chunk[14..], isBigEndian);
        if (tag == Extensible && chunk.Length >= 26)
            tag = Number(chunk[24..], isBigEndian);
        if (rate is 0 or > int.MaxValue)
            throw new UnreadableAudioException(
                $"The WAV header states a sample rate of {rate} Hz. Write the file again with its true rate.");
        if (channels is 0 or > MostChannels)
            throw new UnreadableAudioException($"The WAV header states {channels} channels; 1 to {MostChannels} are "
                + "understood. Write the file again with one or two.");

        int stated = bits == 0 ? frameBytes / channels * 8 : bits;
        // Samples of 17 to 31 bits in containers of four bytes stand at their top, as WAVEFORMATEXTENSIBLE has it.
        if (tag == Pcm && stated is > 16 and < 32 && frameBytes == 4 * channels)
            stated = 32;
        SampleCoding coding = CodingOf(tag, stated);
        int trueFrameBytes = Samples.Size(coding) * channels;
        string? warning = frameBytes == trueFrameBytes
            ? null
            : $"The WAV header states frames of {frameBytes} bytes, but {channels} samples of {stated} bits make"
                + $" {trueFrameBytes}; {trueFrameBytes} was taken.";
        return new WavFormatChunk((int)rate, channels, coding, isBigEndian, warning);
    }

    private static int Number(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    // A damaged chunk is the decoder's to complain about.
    private static bool? KnowsCodec(ReadOnlySpan<byte> chunk, uint size, bool isBigEndian)
    {
        if (size < ShortestBytes)
            return true;
        if (chunk.Length < 2)
            return null;
        int tag = Number(chunk, isBigEndian);
        if (tag == Extensible && size >= 26)
        {
            if (chunk.Length < 26)
                return null;
            tag = Number(chunk[24..], isBigEndian);
        }

        return tag is Pcm or IeeeFloat or ALaw or MuLaw or Extensible;
    }

    private static SampleCoding CodingOf(int tag, int bits) => (tag, (bits + 7) / 8) switch
    {
        (Pcm, 1) => SampleCoding.Unsigned8,
        (Pcm, 2) => SampleCoding.Int16,
        (Pcm, 3) => SampleCoding.Int24,
        (Pcm, 4) => SampleCoding.Int32,
        (IeeeFloat, 4) => SampleCoding.Float32,
        (IeeeFloat, 8) => SampleCoding.Float64,
        (MuLaw, _) => SampleCoding.MuLaw,
        (ALaw, _) => SampleCoding.ALaw,
        _ => throw new UnreadableAudioException(
            $"The WAV file holds {bits}-bit samples of codec 0x{tag:X4}, which is not understood. Convert it: ffmpeg "
                + "-i in.wav -c:a pcm_s16le out.wav"),
    };
}
