using System;
using System.Buffers;
using System.Text;

namespace R3X.FxHost.Decoding;

/// <summary>Tells text, such as an error's body, from sound.</summary>
internal static class StartOfText
{
    private const int QuotedLetters = 120;
    private const int FewestLetters = 6;

    // Fewer bytes are no sound in any case.
    private const int ShortBytes = 64;

    /// <summary>
    /// Whether these bytes are text: UTF-8, or another encoding with few letters beyond ASCII, without control
    /// characters. 512 bytes of speech, whatever their coding, hold some.
    /// </summary>
    public static bool Is(ReadOnlySpan<byte> start)
    {
        int foreign = 0;
        for (ReadOnlySpan<byte> rest = start; !rest.IsEmpty;)
        {
            OperationStatus status = Rune.DecodeFromUtf8(rest, out Rune rune, out int length);
            // Bytes that end inside a character are no evidence against text.
            if (status == OperationStatus.NeedMoreData)
                break;
            if (status != OperationStatus.Done)
                foreign++;
            else if (Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r' or '\f'))
                return false;
            rest = rest[length..];
        }

        return foreign * 20 <= start.Length;
    }

    /// <summary>
    /// Whether text is a message and no sound that happens to be printable, as a level that never moves is in A-law: it
    /// has more than a few letters, or is too short for sound.
    /// </summary>
    public static bool IsMessage(ReadOnlySpan<byte> text)
    {
        Span<bool> seen = stackalloc bool[256];
        int different = 0;
        foreach (byte letter in text)
        {
            different += seen[letter] ? 0 : 1;
            seen[letter] = true;
        }

        return different >= FewestLetters || (different > 1 && text.Length < ShortBytes);
    }

    /// <summary>The beginning of a text on one line, to be quoted.</summary>
    public static string Quote(ReadOnlySpan<byte> text)
    {
        string all = System.Text.Encoding.UTF8.GetString(text);
        string line = string.Join(' ', all.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > QuotedLetters ? line[..QuotedLetters] + "..." : line;
    }
}
