using System;
using System.Threading.Tasks;

namespace R3X.FxHost.Presets;

/// <summary>
/// What a look at a file gave. An editor that writes in place empties the file first and may fill it piece by piece, and the first half of a
/// preset can be a preset; so a new text is believed when nobody has written for 40 ms, and until then looked at again.
/// </summary>
/// <param name="Bytes">The content; empty when it could not be read.</param>
/// <param name="Stamp">The file's stamp from before it was read; null when there is no file.</param>
/// <param name="WhyNot">Why it could not be read, a sentence; empty when it could.</param>
/// <param name="IsWhole">Whether it was left alone; false of a file that somebody keeps writing to.</param>
internal readonly record struct FileReading(byte[] Bytes, FileStamp? Stamp, string WhyNot, bool IsWhole)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(40);

    // Whoever writes on and on must not hold a line up.
    private const int MostWaits = 5;

    /// <summary>Reads a file, and waits for its writer for at most 200 ms. Not for the audio path.</summary>
    /// <param name="path">The file.</param>
    /// <param name="stamp">Its stamp of just now.</param>
    /// <param name="known">The content it is known to have had whole; what is the same need not be waited for.</param>
    /// <param name="clock">The clock that files' times are compared with.</param>
    public static FileReading Of(string path, FileStamp? stamp, ReadOnlySpan<byte> known, TimeProvider clock)
    {
        for (int waits = 0; ; waits++)
        {
            if (!PresetFile.TryReadBytes(path, out byte[] bytes, out string reason))
                return new FileReading(bytes, stamp, reason, IsWhole: true);
            TimeSpan age = Age(stamp, clock);
            bool isWhole = age < TimeSpan.Zero || age >= Quiet || bytes.AsSpan().SequenceEqual(known);
            if (isWhole || waits == MostWaits)
                return new FileReading(bytes, stamp, "", isWhole);
            // The system's own clock: files have no other.
            Task.Delay(Quiet - age).Wait();
            stamp = PresetFile.StampOf(path);
        }
    }

    private static TimeSpan Age(FileStamp? stamp, TimeProvider clock) =>
        stamp is { } s ? TimeSpan.FromTicks(clock.GetUtcNow().UtcTicks - s.Written) : TimeSpan.MaxValue;
}
