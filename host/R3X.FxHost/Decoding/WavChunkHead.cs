using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Tells a chunk's head from sound: a name of four letters and a size (Microsoft, "Multimedia Programming Interface and
/// Data Specifications", 1991). Sound may look like a name, so a name alone proves nothing; see <see
/// cref="WavDecoder"/>.
/// </summary>
internal static class WavChunkHead
{
    /// <summary>Name and size.</summary>
    public const int Bytes = 8;

    /// <summary>Name, size and the form that a list or a file has behind them.</summary>
    public const int WithFormBytes = 12;

    // What writers of WAV files are known to put in front of the sound and behind it.
    private static readonly uint[] Known = Names(
        "RIFF RF64 BW64 RIFX fmt. data LIST INFO JUNK junk FLLR PAD. bext cue. fact smpl inst plst PEAK iXML axml aXML"
        + " _PMX C2PA id3. ID3. afsp DISP acid strc cart levl chna dbmd LGWV umid MD5. wsmp minf elm1 regn ovwf slnt "
            + "note labl adtl Cr8r CDif mext link ds64 r64m");

    // So much is looked through at most for the end of what may be a chunk.
    private const uint LargestDoubt = 1 << 20;

    // Nobody puts more than pictures and texts behind a line.
    private const uint LargestBehind = 16 << 20;

    private static readonly SearchValues<char> Beginnings = SearchValues.Create(FirstHalves());

    /// <summary>What bytes that look like a chunk turn out to be.</summary>
    public enum Verdict
    {
        /// <summary>More bytes have to come.</summary>
        Open,

        /// <summary>Sound, the first two bytes at least.</summary>
        Sound,

        /// <summary>A chunk.</summary>
        Chunk,

        /// <summary>Another WAV file.</summary>
        File,

        /// <summary>Too few bytes to be either, behind the sound's stated end.</summary>
        Stray,
    }

    /// <summary>Whether it begins a whole file: RIFF, RF64, BW64 or RIFX, and WAVE behind the size.</summary>
    /// <param name="head"><see cref="WithFormBytes"/> or more.</param>
    public static bool IsFile(ReadOnlySpan<byte> head) =>
        head.Length >= WithFormBytes && IsFileName(head) && head.Slice(8, 4).SequenceEqual("WAVE"u8);

    /// <summary>Whether four bytes are a file's name.</summary>
    public static bool IsFileName(ReadOnlySpan<byte> name) =>
        name.StartsWith("RIFF"u8) || name.StartsWith("RF64"u8) || name.StartsWith("BW64"u8) || IsBigEndian(name);

    /// <summary>Whether a file's numbers and samples have their highest byte first.</summary>
    public static bool IsBigEndian(ReadOnlySpan<byte> name) => name.StartsWith("RIFX"u8);

    /// <summary>The size a chunk's head states.</summary>
    public static uint Size(ReadOnlySpan<byte> head, bool isBigEndian) => isBigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(head[4..])
        : BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);

    /// <summary>Whether four bytes are the name of a chunk, or a file, that writers are known to use.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> name) =>
        name.Length >= 4 && Array.IndexOf(Known, BinaryPrimitives.ReadUInt32LittleEndian(name)) >= 0;

    /// <summary>Whether four bytes could be the name of any chunk: letters, digits, blanks and underscores.</summary>
    public static bool CouldBeName(ReadOnlySpan<byte> name)
    {
        foreach (byte letter in name[..4])
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)' ' or (byte)'_'))
                return false;
        }

        return name[0] != ' ';
    }

    /// <summary>Whether it is a list whose form leaves no doubt.</summary>
    /// <param name="head"><see cref="WithFormBytes"/> or more.</param>
    public static bool IsList(ReadOnlySpan<byte> head) => head.Length >= WithFormBytes && head.StartsWith("LIST"u8)
        && (head.Slice(8, 4).SequenceEqual("INFO"u8) || head.Slice(8, 4).SequenceEqual("adtl"u8));

    /// <summary>
    /// The first place where a file or a known chunk may begin; a name that the end cuts off counts. Chunks begin an
    /// even number of bytes behind the sound's first, a file anywhere: not every server pads its pieces.
    /// </summary>
    /// <param name="sound">What is being read as sound.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="position">How many bytes of sound came before these.</param>
    /// <returns>-1 where there is none.</returns>
    public static int Find(ReadOnlySpan<byte> sound, int start, long position)
    {
        int chunk = FindChunk(sound, start + (int)((position + start) & 1));
        int file = FindFile(sound, start);
        return chunk < 0 || (file >= 0 && file < chunk) ? file : chunk;
    }

    /// <summary>
    /// Judges bytes that may be a chunk and may be sound by what follows them: a chunk ends where another begins, or
    /// with the input.
    /// </summary>
    /// <param name="bytes">All that came from there on.</param>
    /// <param name="isBehind">Whether the header says that the sound has ended: then any name may be a chunk's.</param>
    /// <param name="isBigEndian">Whether the file's sizes have their highest byte first.</param>
    /// <param name="ended">Whether nothing follows.</param>
    /// <param name="wanted">How many bytes are needed to decide, where the verdict is open.</param>
    public static Verdict Judge(ReadOnlySpan<byte> bytes, bool isBehind, bool isBigEndian, bool ended, out int wanted)
    {
        wanted = isBehind ? Bytes : 4;
        Verdict otherwise = isBehind && bytes.Length < Bytes ? Verdict.Stray : Verdict.Sound;
        if (bytes.Length < wanted && !ended)
            return Verdict.Open;
        if (bytes.Length < 4 || !MayBeName(bytes, isBehind))
            return otherwise;
        wanted = IsFileName(bytes) || bytes.StartsWith("LIST"u8) ? WithFormBytes : Bytes;
        if (bytes.Length < wanted)
            return ended ? otherwise : Verdict.Open;
        if (IsFileName(bytes))
            return IsFile(bytes) ? Verdict.File : otherwise;
        uint size = Size(bytes, isBigEndian);
        bool isPlain = isBehind && IsKnown(bytes) && (size <= LargestBehind || bytes.StartsWith("data"u8));
        if (isPlain || IsList(bytes))
            return Verdict.Chunk;
        if (size > LargestDoubt)
            return otherwise;
        int end = Bytes + (int)size;
        wanted = end + 5;
        if (bytes.Length < wanted && !ended)
            return Verdict.Open;
        if (bytes.Length < end)
            return Verdict.Sound;
        ReadOnlySpan<byte> next = bytes[end..];
        if ((end & 1) != 0 && next.Length > 0 && next[0] == 0)
            next = next[1..];
        return next.IsEmpty || (next.Length >= 4 && MayBeName(next, isBehind)) ? Verdict.Chunk : Verdict.Sound;
    }

    private static bool MayBeName(ReadOnlySpan<byte> bytes, bool isBehind) =>
        IsKnown(bytes) || (isBehind && CouldBeName(bytes));

    private static int FindFile(ReadOnlySpan<byte> sound, int start)
    {
        if (sound.Length <= start)
            return -1;
        int at = sound[start..].IndexOf("RIFF"u8);
        if (at >= 0)
            return start + at;
        for (at = Math.Max(start, sound.Length - 3); at < sound.Length; at++)
        {
            if ("RIFF"u8.StartsWith(sound[at..]))
                return at;
        }

        return -1;
    }

    private static int FindChunk(ReadOnlySpan<byte> sound, int start)
    {
        if (sound.Length <= start)
            return -1;
        ReadOnlySpan<char> pairs = MemoryMarshal.Cast<byte, char>(sound[start..]);
        for (int pair = 0; pair < pairs.Length; pair++)
        {
            int next = pairs[pair..].IndexOfAny(Beginnings);
            if (next < 0)
                break;
            pair += next;
            int at = start + (2 * pair);
            if (MayBegin(sound[at..]))
                return at;
        }

        // An odd byte is left: half of a pair.
        int last = start + (2 * pairs.Length);
        return last < sound.Length && MayBegin(sound[last..]) ? last : -1;
    }

    /// <summary>Whether a file or a known chunk may begin here.</summary>
    /// <param name="bytes">One or more; of a name only the beginning may be there.</param>
    public static bool MayBegin(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 4)
            return IsKnown(bytes);
        Span<byte> name = stackalloc byte[4];
        foreach (uint known in Known)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(name, known);
            if (name.StartsWith(bytes))
                return true;
        }

        return false;
    }

    private static uint[] Names(string names)
    {
        string[] words = names.Split(' ');
        uint[] numbers = new uint[words.Length];
        Span<byte> name = stackalloc byte[4];
        for (int i = 0; i < words.Length; i++)
        {
            System.Text.Encoding.ASCII.GetBytes(words[i].PadRight(4).Replace('.', ' '), name);
            numbers[i] = BinaryPrimitives.ReadUInt32LittleEndian(name);
        }

        return numbers;
    }

    private static char[] FirstHalves()
    {
        char[] halves = new char[Known.Length];
        for (int i = 0; i < halves.Length; i++)
        {
            char half = (char)(Known[i] & 0xFFFF);
            halves[i] = BitConverter.IsLittleEndian ? half : (char)BinaryPrimitives.ReverseEndianness((ushort)half);
        }

        return halves;
    }
}
