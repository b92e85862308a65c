using System.IO;

namespace R3X.FxHost.Studio.Hear;

/// <summary>The line that is heard until another one is taken: that of <c>r3x demo</c>.</summary>
internal static class BundledLine
{
    /// <summary>It, to be read once.</summary>
    public static SpeechAudio Open()
    {
        using Stream line = typeof(BundledLine).Assembly.GetManifestResourceStream("demo-line.mp3")!;
        byte[] bytes = new byte[line.Length];
        line.ReadExactly(bytes);
        return SpeechAudio.FromBytes(bytes);
    }
}
