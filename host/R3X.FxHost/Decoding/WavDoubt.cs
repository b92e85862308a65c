using System;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Holds bytes that may be a chunk and may be sound until what follows them decides: a chunk ends where another begins,
/// or with the input.
/// </summary>
internal sealed class WavDoubt
{
    // So much is held at most.
    private const uint LargestHeld = 1 << 20;

    // Nobody puts more than pictures and texts behind a line.
    private const uint LargestBehind = 16 << 20;

    private byte[] _bytes = new byte[64];
    private int _start;
    private int _end;
    private int _wanted;
    private bool _behind;
    private bool _isBigEndian;

    /// <summary>What bytes turned out to be.</summary>
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

    /// <summary>How many bytes are held.</summary>
    public int Held => _end - _start;

    /// <summary>The bytes that are held.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(_start, Held);

    /// <summary>Whether it is looked at behind the sound's stated end.</summary>
    public bool IsBehind => _behind;

    /// <summary>Begins with the bytes that are held, if any.</summary>
    /// <param name="behind">Whether the header says that the sound has ended here: then any name may be a
    /// chunk's.</param>
    /// <param name="isBigEndian">Whether the file's sizes have their highest byte first.</param>
    public void Begin(bool behind, bool isBigEndian)
    {
        _behind = behind;
        _isBigEndian = isBigEndian;
        _wanted = behind ? WavChunkHead.Bytes : 4;
    }

    /// <summary>Takes no more bytes than are needed to decide.</summary>
    /// <param name="input">The bytes that follow.</param>
    /// <param name="ended">Whether nothing follows them.</param>
    /// <param name="taken">How many were taken.</param>
    public Verdict Take(ReadOnlySpan<byte> input, bool ended, out int taken)
    {
        taken = 0;
        while (true)
        {
            int more = Math.Min(_wanted - Held, input.Length - taken);
            if (more > 0)
            {
                Append(input.Slice(taken, more));
                taken += more;
            }

            if (Held < _wanted && !(ended && taken == input.Length))
                return Verdict.Open;
            Verdict verdict = Judge(Bytes, Held < _wanted);
            if (verdict != Verdict.Open)
                return verdict;
        }
    }

    /// <summary>Lets go of bytes that were read.</summary>
    public void Drop(int bytes)
    {
        _start += bytes;
        if (_start == _end)
            _start = _end = 0;
    }

    /// <summary>Puts a byte in front of those that are held.</summary>
    public void Precede(byte first)
    {
        byte[] rest = Bytes.ToArray();
        (_start, _end) = (0, 0);
        Append([first]);
        Append(rest);
    }

    // With "ended" fewer bytes came than were wanted. Open has raised what is wanted.
    private Verdict Judge(ReadOnlySpan<byte> bytes, bool ended)
    {
        Verdict otherwise = _behind && ended && bytes.Length < WavChunkHead.Bytes ? Verdict.Stray : Verdict.Sound;
        if (bytes.Length < 4 || !(WavChunkHead.IsKnown(bytes) || (_behind && WavChunkHead.CouldBeName(bytes))))
            return otherwise;
        bool hasForm = WavChunkHead.IsFileName(bytes) || bytes.StartsWith("LIST"u8);
        int head = hasForm ? WavChunkHead.WithFormBytes : WavChunkHead.Bytes;
        if (bytes.Length < head)
            return ended ? otherwise : Want(head);
        if (WavChunkHead.IsFileName(bytes))
            return WavChunkHead.IsFile(bytes) ? Verdict.File : otherwise;
        uint size = WavChunkHead.Size(bytes, _isBigEndian);
        if (WavChunkHead.IsList(bytes))
            return Verdict.Chunk;
        if (_behind && WavChunkHead.IsKnown(bytes) && (size <= LargestBehind || bytes.StartsWith("data"u8)))
            return Verdict.Chunk;
        if (size > LargestHeld)
            return otherwise;
        return JudgeByEnd(bytes, WavChunkHead.Bytes + (int)size, ended);
    }

    private Verdict JudgeByEnd(ReadOnlySpan<byte> bytes, int end, bool ended)
    {
        if (bytes.Length < end)
            return ended ? Verdict.Sound : Want(end + 5);
        ReadOnlySpan<byte> next = bytes[end..];
        if ((end & 1) != 0 && next.Length > 0 && next[0] == 0)
            next = next[1..];
        if (next.IsEmpty && ended)
            return Verdict.Chunk;
        if (next.Length < 4)
            return ended ? Verdict.Sound : Want(end + 5);
        bool isChunk = WavChunkHead.IsKnown(next) || (_behind && WavChunkHead.CouldBeName(next));
        return isChunk ? Verdict.Chunk : Verdict.Sound;
    }

    private Verdict Want(int bytes)
    {
        _wanted = bytes;
        return Verdict.Open;
    }

    private void Append(ReadOnlySpan<byte> more)
    {
        if (_end + more.Length > _bytes.Length)
        {
            int wanted = Held + more.Length;
            byte[] room = wanted > _bytes.Length ? new byte[Math.Max(2 * _bytes.Length, wanted)] : _bytes;
            Bytes.CopyTo(room);
            _bytes = room;
            _end = Held;
            _start = 0;
        }

        more.CopyTo(_bytes.AsSpan(_end));
        _end += more.Length;
    }
}
