using System;

namespace R3X.FxHost.Decoding;

/// <summary>ID3v2 tags (id3.org, "ID3 tag version 2.4.0", 3.1), which are passed over.</summary>
internal static class Id3Tag
{
    /// <summary>Bytes that tell a tag's length.</summary>
    public const int HeaderBytes = 10;

    /// <summary>The length of the tag that begins here, its header and footer included; 0 where none does.</summary>
    public static long BytesOf(ReadOnlySpan<byte> head)
    {
        bool isTag = head.Length >= HeaderBytes && head.StartsWith("ID3"u8) && head[3] != 0xFF && head[4] != 0xFF
            && ((head[6] | head[7] | head[8] | head[9]) & 0x80) == 0;
        if (!isTag)
            return 0;
        int content = (head[6] << 21) | (head[7] << 14) | (head[8] << 7) | head[9];
        bool hasFooter = (head[5] & 0x10) != 0;
        return HeaderBytes + content + (hasFooter ? HeaderBytes : 0);
    }
}
