namespace R3X.FxHost.Metering;

/// <summary>Where a level lies in what is heard.</summary>
public enum LevelMark
{
    /// <summary>Somewhere in a line.</summary>
    Within,

    /// <summary>The first of a line. When lines follow each other without a gap, each has its own.</summary>
    First,

    /// <summary>Behind the last line: silence, and nothing more to be heard for now.</summary>
    Silence,
}
