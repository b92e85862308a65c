using System;

namespace R3X.FxHost.Decoding;

/// <summary>
/// Drops ID3v2 tags (id3.org, "ID3 tag version 2.4.0", 3.1) in front of a stream, of any size, without keeping them.
/// </summary>
internal sealed class Id3Skip
{
    /// <summary>Bytes in front of a tag, which tell its length.</summary>
    public const int HeaderBytes = 10;

    private readonly byte[] _head = new byte[HeaderBytes];
    private int _headBytes;
    private long _left;

    /// <summary>Whether every tag has passed; <see cref="Rest"/> then precedes what follows.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Whether there was a tag.</summary>
    public bool FoundTag { get; private set; }

    /// <summary>Bytes that were looked at and turned out to be no tag.</summary>
    public ReadOnlySpan<byte> Rest => _head.AsSpan(0, IsDone ? _headBytes : 0);

    /// <summary>Takes bytes until the tags are over.</summary>
    /// <returns>Bytes taken.</returns>
    public int Take(ReadOnlySpan<byte> input)
    {
        int at = 0;
        while (at < input.Length && !IsDone)
        {
            if (_left > 0)
            {
                int skipped = (int)Math.Min(_left, input.Length - at);
                _left -= skipped;
                at += skipped;
                continue;
            }

            _head[_headBytes++] = input[at++];
            Look();
        }

        return at;
    }

    /// <summary>Says that nothing follows.</summary>
    public void End() => IsDone = true;

    private void Look()
    {
        ReadOnlySpan<byte> head = _head.AsSpan(0, _headBytes);
        if (!"ID3"u8.StartsWith(head[..Math.Min(3, head.Length)]))
        {
            IsDone = true;
        }
        else if (head.Length == HeaderBytes)
        {
            _left = TagBytes(head) - HeaderBytes;
            if (_left < 0)
            {
                IsDone = true;
                return;
            }

            FoundTag = true;
            _headBytes = 0;
        }
    }

    /// <summary>The length of the tag that begins here, its header and footer included; 0 where none does.</summary>
    public static long TagBytes(ReadOnlySpan<byte> head)
    {
        bool isTag = head.Length >= HeaderBytes && head.StartsWith("ID3"u8) && head[3] != 0xFF && head[4] != 0xFF
            && ((head[6] | head[7] | head[8] | head[9]) & 0x80) == 0;
        if (!isTag)
            return 0;
        bool footer = (head[5] & 0x10) != 0;
        return HeaderBytes + ((head[6] << 21) | (head[7] << 14) | (head[8] << 7) | head[9]) + (footer ? HeaderBytes : 0);
    }
}
