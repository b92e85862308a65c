namespace R3X.FxHost.Cli;

/// <summary>What the command's exit code says.</summary>
internal static class ExitCode
{
    /// <summary>Everything was done, perhaps with warnings.</summary>
    public const int Done = 0;

    /// <summary>The environment was in the way: a file that cannot be written, no loudspeaker.</summary>
    public const int Failed = 1;

    /// <summary>The command was used wrongly, or its input holds no sound.</summary>
    public const int WrongUsage = 2;
}
