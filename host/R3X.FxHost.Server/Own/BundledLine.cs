using System.IO;

namespace R3X.FxHost.Server.Own;

/// <summary>The line that previews speak: that of <c>r3x demo</c>.</summary>
internal static class BundledLine
{
    /// <summary>It, as MP3.</summary>
    public static byte[] Bytes { get; } = Read();

    private static byte[] Read()
    {
        using Stream line = typeof(BundledLine).Assembly.GetManifestResourceStream("demo-line.mp3")!;
        byte[] bytes = new byte[line.Length];
        line.ReadExactly(bytes);
        return bytes;
    }
}
