using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace R3X.FxHost.Presets;

/// <summary>
/// What a look at a file gave. An editor that writes in place empties the file first and may fill it piece by piece, and the first half of a
/// preset can be a preset; so a host believes a new text when nobody has written for 20 ms, and until then looks again.
/// </summary>
/// <param name="Bytes">The content; empty when it could not be read.</param>
/// <param name="Stamp">The file's stamp from before it was read; null when there is no file.</param>
/// <param name="WhyNot">Why it could not be read, a sentence; empty when it could.</param>
/// <param name="IsWhole">Whether it was left alone; false of a file that somebody keeps writing to.</param>
internal readonly record struct StableRead(byte[] Bytes, FileStamp? Stamp, string WhyNot, bool IsWhole)
{
    /// <summary>How long nobody must have written for a new text to be believed.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(20);

    // Whoever writes on and on must not hold a line up.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads a file, and waits for its writer for at most 200 ms. Not for the audio path.</summary>
    /// <param name="path">The file.</param>
    /// <param name="stamp">Its stamp of just now.</param>
    /// <param name="known">The content it is known to have had whole; what is the same need not be waited for.</param>
    /// <param name="clock">The clock that files' times are compared with.</param>
    /// <param name="quiet">How long it must have been left alone; nothing believes what is there.</param>
    public static StableRead Of(string path, FileStamp? stamp, ReadOnlySpan<byte> known, TimeProvider clock, TimeSpan quiet)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (!PresetFile.TryReadBytes(path, out byte[] bytes, out string reason))
                return new StableRead(bytes, stamp, reason, IsWhole: true);
            TimeSpan age = Age(stamp, clock);
            bool isWhole = age < TimeSpan.Zero || age >= quiet || bytes.AsSpan().SequenceEqual(known);
            if (isWhole || Stopwatch.GetElapsedTime(start) >= Patience)
                return new StableRead(bytes, stamp, "", isWhole);
            // The system's own clock, as files have no other; it waits whole milliseconds, the last one too.
            Task.Delay((int)Math.Ceiling((quiet - age).TotalMilliseconds)).Wait();
            stamp = PresetFile.StampOf(path);
        }
    }

    private static TimeSpan Age(FileStamp? stamp, TimeProvider clock) =>
        stamp is { } s ? TimeSpan.FromTicks(clock.GetUtcNow().UtcTicks - s.Written) : TimeSpan.MaxValue;
}
