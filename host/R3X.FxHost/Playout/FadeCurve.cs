using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playout;

/// <summary>Fades over half a cosine: flat at both ends, so that neither is heard as a click.</summary>
internal static class FadeCurve
{
    /// <summary>Fades a whole block out.</summary>
    public static void Out(AudioBlock block) => Out(block, 0, block.Frames);

    /// <summary>Fades a part of a fade out.</summary>
    /// <param name="block">What comes next, no more than there is left of the fade.</param>
    /// <param name="done">How many frames of the fade were there before.</param>
    /// <param name="frames">How many it has.</param>
    public static void Out(AudioBlock block, long done, long frames)
    {
        for (int i = 0; i < block.Frames; i++)
            Scale(block, i, 0.5 + (0.5 * Math.Cos(Math.PI * (done + i + 1) / frames)));
    }

    /// <summary>Fades a part of a fade in.</summary>
    /// <param name="block">What comes next.</param>
    /// <param name="done">How many frames of the fade were there before.</param>
    /// <param name="frames">How many it has.</param>
    /// <returns>How many of it are in the block.</returns>
    public static int In(AudioBlock block, int done, int frames)
    {
        int count = Math.Min(block.Frames, frames - done);
        for (int i = 0; i < count; i++)
            Scale(block, i, 0.5 - (0.5 * Math.Cos(Math.PI * (done + i + 1) / frames)));
        return count;
    }

    private static void Scale(AudioBlock block, int frame, double gain)
    {
        for (int channel = 0; channel < block.Channels; channel++)
            block[channel][frame] *= (float)gain;
    }
}
