using System;
using System.IO;

namespace R3X.FxHost.Cli.Terminals;

/// <summary>The terminal the command was started in.</summary>
internal static class Terminal
{
    /// <summary>Of a terminal that does not say how wide it is.</summary>
    private const int UsualColumns = 80;

    /// <summary>Letters in a row, now: a window may be drawn wider or narrower at any time.</summary>
    public static int Columns
    {
        get
        {
            try
            {
                return System.Console.WindowWidth is > 0 and int columns ? columns : UsualColumns;
            }
            catch (Exception e) when (e is IOException or PlatformNotSupportedException)
            {
                return UsualColumns;
            }
        }
    }
}
