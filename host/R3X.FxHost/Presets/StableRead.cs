using System;
using System.Threading.Tasks;

namespace R3X.FxHost.Presets;

/// <summary>
/// A file as it was last read. An editor that writes in place empties the file first and may fill it piece by piece,
/// and the first half of a preset can be a preset; so a host believes a new text when nobody has written for 20 ms, and
/// until then looks again. Immutable.
/// </summary>
/// <param name="Bytes">Its content: the same array as long as that does not change; empty when it could not be
/// read.</param>
/// <param name="Stamp">Its stamp from before it was read; null when there was no file.</param>
/// <param name="WhyNot">Why it could not be read, a sentence; empty when it could.</param>
internal sealed record StableRead(byte[] Bytes, FileStamp? Stamp, bool IsSettled, string WhyNot)
{
    /// <summary>How long nobody must have written for a new text to be believed.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// How long a file is still in motion: some file systems keep times in steps of two seconds, within which it may
    /// change again and look the same, and an editor may delete it and create it anew.
    /// </summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(2.5);

    // Whoever writes on and on must not hold a line up.
    private const int MostLooks = 10;

    /// <summary>Whether there was no file.</summary>
    public bool IsMissing => Stamp is null && WhyNot.Length > 0;

    /// <summary>Whether it says the same as another look did.</summary>
    public bool IsSameAs(StableRead? other) => other is not null
        && ReferenceEquals(Bytes, other.Bytes) && WhyNot == other.WhyNot && IsMissing == other.IsMissing;

    /// <summary>Reads a file if it has changed, and waits for its writer ten times 20 ms at most. Not for the audio
    /// path.</summary>
    /// <param name="known">The last look at it; handed back while nothing changes, and while somebody writes and
    /// writes.</param>
    /// <param name="quiet">How long it must have been left alone; nothing believes what is there.</param>
    public static StableRead Of(string path, FileStamp? stamp, StableRead? known, TimeProvider clock, TimeSpan quiet)
    {
        if (known is { IsSettled: true } && stamp == known.Stamp)
            return known;
        StableRead? whole = known is { WhyNot.Length: 0 } ? known : null;
        for (int look = 1; ; look++)
        {
            if (!PresetFile.TryReadBytes(path, out byte[] bytes, out string reason))
                return known?.WhyNot == reason
                    && known.Stamp == stamp ? known : new StableRead([], stamp, false, reason);
            TimeSpan age = stamp is { } s
                ? clock.GetUtcNow() - new DateTime(s.Written, DateTimeKind.Utc) : TimeSpan.MaxValue;
            if (whole is not null && bytes.AsSpan().SequenceEqual(whole.Bytes))
            {
                StableRead again = whole with { Stamp = stamp, IsSettled = stamp is not null && age > Settling };
                return again == whole ? whole : again;
            }

            if (age < TimeSpan.Zero || age >= quiet)
                return new StableRead(bytes, stamp, stamp is not null && age > Settling, "");
            if (look == MostLooks)
                return whole ?? new StableRead(bytes, stamp, false, "");
            // The system's own clock, as files have no other; it waits whole milliseconds, the last one too.
            Task.Delay((int)Math.Ceiling((quiet - age).TotalMilliseconds)).Wait();
            stamp = PresetFile.StampOf(path);
        }
    }
}

/// <summary>What of a file changes when its text does, mostly. Times are in ticks, UTC.</summary>
internal readonly record struct FileStamp(long Length, long Written, long Created);
