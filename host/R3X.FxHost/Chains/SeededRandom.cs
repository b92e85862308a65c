namespace R3X.FxHost.Chains;

/// <summary>Draws that follow from a line's seed and a name alone, so that a line replays exactly and names draw
/// independently.</summary>
internal static class SeededRandom
{
    /// <summary>The seed of what has this name in a line: FNV-1a over its letters.</summary>
    public static ulong Of(ulong seed, string name)
    {
        ulong hash = 14695981039346656037 ^ seed;
        foreach (char letter in name)
            hash = (hash ^ letter) * 1099511628211;
        return hash;
    }

    /// <summary>A number from 0 to below 1, every one as likely, that goes with no other name's in any line.</summary>
    public static double Share(ulong seed, string name) => (Mix(Of(Mix(seed), name)) >> 11) * (1.0 / (1UL << 53));

    // SplitMix64: neighbouring seeds share no bits behind it. Without it seed 0 would draw for "a" what seed 3 draws
    // for "b".
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
