namespace R3X.FxHost.Effects;

/// <summary>
/// Three moving averages in a row, as one filter: a fade shaped like a quadratic spline, without a corner that would be
/// heard.
/// </summary>
internal static class FadeShape
{
    /// <summary>The filter's weights; they add up to 1.</summary>
    /// <param name="length">Frames from a step's first effect to its last, at least 1.</param>
    public static float[] Of(int length)
    {
        // Lengths a, b, c reach over a + b + c - 2 frames.
        int a = (length + 2) / 3;
        int b = (length + 2 - a) / 2;
        double[] shape = [1];
        foreach (int box in (int[])[a, b, length + 2 - a - b])
        {
            var wider = new double[shape.Length + box - 1];
            for (int i = 0; i < wider.Length; i++)
            {
                for (int k = 0; k < box; k++)
                    wider[i] += i - k >= 0 && i - k < shape.Length ? shape[i - k] / box : 0;
            }

            shape = wider;
        }

        var weights = new float[length];
        for (int i = 0; i < length; i++)
            weights[i] = (float)shape[i];
        return weights;
    }
}
