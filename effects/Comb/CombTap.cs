using System;

namespace R3X.FxHost.Effects;

/// <summary>A place between samples: Lagrange weights of the samples at whole - 1 ... whole + 2 frames ago.</summary>
internal readonly struct CombTap
{
    public CombTap(double frames)
    {
        Whole = (int)frames;
        float t = (float)(frames - Whole);
        A = t * (t - 1) * (t - 2) * (-1f / 6);
        B = (t + 1) * (t - 1) * (t - 2) * 0.5f;
        C = (t + 1) * t * (t - 2) * -0.5f;
        D = (t + 1) * t * (t - 1) * (1f / 6);
    }

    /// <summary>Whole frames.</summary>
    public int Whole { get; }

    /// <summary>Weight of the newest.</summary>
    public float A { get; }

    /// <summary>Weight of the one at <see cref="Whole"/>; 1 where the delay is whole.</summary>
    public float B { get; }

    /// <summary>Weight of the next older.</summary>
    public float C { get; }

    /// <summary>Weight of the oldest.</summary>
    public float D { get; }

    /// <summary>Reads there.</summary>
    /// <param name="memory">As long as the mask and 1, at least.</param>
    /// <param name="mask">Takes an index into the memory.</param>
    /// <param name="next">Where the current frame will be written.</param>
    public float Read(ReadOnlySpan<float> memory, int mask, int next)
    {
        int at = next - Whole;
        return ((A * memory[(at + 1) & mask]) + (B * memory[at & mask]))
            + ((C * memory[(at - 1) & mask]) + (D * memory[(at - 2) & mask]));
    }
}
