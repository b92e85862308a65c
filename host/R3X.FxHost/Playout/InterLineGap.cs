using System;

namespace R3X.FxHost.Playout;

/// <summary>The pauses that lines ask for between them. Loudspeaker's thread.</summary>
internal sealed class InterLineGap
{
    // Where the last voice ended, and when that is heard.
    private TimeSpan _after;
    private long _quietFrom;
    private long _quietSince;

    /// <summary>A voice has ended.</summary>
    /// <param name="after">The pause it asks for behind it.</param>
    /// <param name="feed">The device that was given its last frame.</param>
    public void Begin(TimeSpan after, DeviceFeed feed) =>
        (_after, _quietFrom, _quietSince) = (after, feed.Written, feed.SilentFrom);

    /// <summary>Frames of silence a line begins with. The larger of two pauses holds, and what has already been silent
    /// counts.</summary>
    /// <param name="line">The line.</param>
    /// <param name="feed">The device it will be given to.</param>
    public int Before(Track line, DeviceFeed feed)
    {
        TimeSpan pause = line.Place.PauseBefore > _after ? line.Place.PauseBefore : _after;
        if (pause <= TimeSpan.Zero || _quietSince == 0)
            return 0;
        // A device that has not run dry has counted it to the frame.
        int silent = feed.IsDrained ? feed.Format
            .Frames(feed.Clock.Source.GetElapsedTime(_quietSince).TotalMilliseconds) : (int)(feed.Written - _quietFrom);
        return Math.Max(0, feed.Format.Frames(pause.TotalMilliseconds) - silent);
    }
}
