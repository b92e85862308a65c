using System;

namespace R3X.FxHost;

/// <summary>
/// Effects are code that is loaded at run time: which parts of .NET they call is not known when a program is built, so
/// a program that was cut down to what it calls itself cannot host them.
/// </summary>
internal static class LoadedCode
{
    /// <summary>What the build says of a program that asks for it.</summary>
    public const string WhyNotTrimmed =
        "R3X.FxHost loads its effects at run time, so a program that uses it can be neither trimmed nor compiled ahead "
        + "of time as a whole. Take PublishTrimmed and PublishAot out of the project; PublishSingleFile, "
        + "PublishReadyToRun and SelfContained work.";

    /// <summary>Whether that was done all the same: the trimmer makes it true (ILLink.Substitutions.xml).</summary>
    private static bool IsTrimmed => false;

    /// <exception cref="NotSupportedException">The program was trimmed or compiled ahead of time.</exception>
    public static void ThrowIfTrimmed()
    {
        if (IsTrimmed)
            throw new NotSupportedException(WhyNotTrimmed);
    }
}
