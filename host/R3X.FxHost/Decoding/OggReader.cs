using System;
using R3X.FxHost.Formats;

namespace R3X.FxHost.Decoding;

/// <summary>Cuts bytes into the pages of an Ogg file, and passes over damage to the next page that is whole. Allocates
/// once.</summary>
internal sealed class OggReader
{
    private readonly ByteWindow _window = new(OggPage.MostBytes);
    private bool _anyPage;
    private int _junkBytes;

    /// <summary>Whether bytes between two pages were none.</summary>
    public bool WasDamaged { get; private set; }

    /// <summary>Whether the last page was cut.</summary>
    public bool WasCut { get; private set; }

    /// <summary>Takes bytes, as many as fit.</summary>
    public int Take(ReadOnlySpan<byte> input) => _window.Take(input);

    /// <summary>Reads the next page.</summary>
    /// <param name="ended">Whether nothing follows the bytes that were taken.</param>
    /// <param name="page">The page; good until the next <see cref="Take"/>.</param>
    /// <returns>False where more bytes are needed.</returns>
    public bool TryRead(bool ended, out OggPage page)
    {
        page = default;
        while (true)
        {
            ReadOnlySpan<byte> bytes = _window.Bytes;
            int next = bytes.IndexOf((byte)'O');
            if (next != 0)
            {
                int passed = next < 0 ? bytes.Length : next;
                _window.Pass(passed);
                _junkBytes += passed;
                if (next < 0)
                    return false;
                continue;
            }

            if (bytes.Length < OggPage.HeadBytes && !ended)
                return false;
            if (OggPage.IsHead(bytes))
            {
                int length = OggPage.LengthOf(bytes);
                if ((length == 0 || length > bytes.Length) && !ended)
                    return false;
                if (length > 0 && (length > bytes.Length || OggPage.IsIntact(bytes[..length])))
                {
                    WasCut = length > bytes.Length;
                    int read = Math.Min(length, bytes.Length);
                    page = OggPage.Read(bytes[..read]);
                    WasDamaged |= _junkBytes > 0 && _anyPage;
                    (_anyPage, _junkBytes) = (true, 0);
                    _window.Pass(read);
                    return true;
                }
            }

            _window.Pass(1);
            _junkBytes++;
        }
    }
}
