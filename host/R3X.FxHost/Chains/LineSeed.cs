namespace R3X.FxHost.Chains;

/// <summary>Draws that follow from a line's seed and a name alone, so that a line replays exactly and names draw independently.</summary>
internal static class LineSeed
{
    /// <summary>The seed of what has this name in a line: FNV-1a over its letters.</summary>
    public static ulong Of(ulong seed, string name)
    {
        ulong hash = 14695981039346656037 ^ seed;
        foreach (char letter in name)
            hash = (hash ^ letter) * 1099511628211;
        return hash;
    }

    /// <summary>A number from 0 to below 1, every one as likely.</summary>
    public static double Share(ulong seed, string name)
    {
        // The finaliser of SplitMix64: neighbouring seeds share no bits behind it.
        ulong z = Of(seed, name) + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
