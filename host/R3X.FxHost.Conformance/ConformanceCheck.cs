using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Text;

namespace R3X.FxHost.Conformance;

/// <summary>
/// One promise that every effect makes, held against one effect. A check is a class of its own with a constructor
/// without parameters; it is found, and fails by a <see cref="BrokenPromiseException"/>.
/// </summary>
internal abstract class ConformanceCheck
{
    protected const int Rate = 44_100;

    protected static readonly int[] Rates = [8_000, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000];

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        .. typeof(ConformanceCheck).Assembly.GetTypes().Where(
            t => t.IsSubclassOf(typeof(ConformanceCheck)) && !t.IsAbstract)
            .OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => (ConformanceCheck)Activator.CreateInstance(t)!),
    ];

    /// <summary>Its class's name in kebab-case.</summary>
    public string Name
    {
        get
        {
            var name = new StringBuilder();
            foreach (char letter in GetType().Name)
            {
                if (char.IsUpper(letter) && name.Length > 0)
                    name.Append('-');
                name.Append(char.ToLowerInvariant(letter));
            }

            return name.ToString();
        }
    }

    /// <summary>What is promised, a whole sentence.</summary>
    public abstract string Promise { get; }

    /// <summary>What is wrong, most likely, with an effect that fails; a whole sentence.</summary>
    public abstract string LikelyCause { get; }

    /// <summary>What its author can do; a whole sentence.</summary>
    public abstract string Fix { get; }

    /// <summary>Holds the promise against an effect.</summary>
    /// <exception cref="BrokenPromiseException">It is not kept.</exception>
    /// <exception cref="DoesNotApplyException">It promises nothing of the kind.</exception>
    public abstract void Check(Subject subject);

    [DoesNotReturn]
    protected static void Fail(string measured, FailedBlock? block = null) =>
        throw new BrokenPromiseException(measured, block);

    [DoesNotReturn]
    protected static void DoesNotApply(string why) => throw new DoesNotApplyException(why);

    /// <summary>The same, bit for bit.</summary>
    /// <param name="input">What the effect was given, for the picture.</param>
    /// <param name="expected">What should come out.</param>
    /// <param name="actual">What came out.</param>
    /// <param name="what">What is compared, such as "in blocks of 17 frames and of 1,024".</param>
    /// <param name="rate">Frames per second.</param>
    protected static void Same(float[][] input, float[][] expected, float[][] actual, string what, int rate = Rate)
    {
        for (int channel = 0; channel < expected.Length; channel++)
        {
            for (int i = 0; i < expected[channel].Length; i++)
            {
                float one = expected[channel][i];
                float other = actual[channel][i];
                if (BitConverter.SingleToInt32Bits(one) != BitConverter.SingleToInt32Bits(other))
                {
                    Fail(
                        string.Create(null, $"{what}, the samples differ from frame {i} of channel {channel} on: ")
                            + string.Create(null, $"{one:R} was expected, {other:R} came out."),
                        FailedBlock.Around(i, rate, input[channel], actual[channel], expected[channel]));
                }
            }
        }
    }

    /// <summary>The largest difference of two samples at the same place; not a number where one of them is.</summary>
    protected static float Difference(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        WorstFrame(a, b) is var at and >= 0 ? Math.Abs(a[at] - b[at]) : 0;

    /// <summary>Where two sounds differ most; -1 where they are the same.</summary>
    protected static int WorstFrame(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        int worst = -1;
        float most = 0;
        for (int i = 0; i < a.Length; i++)
        {
            float difference = Math.Abs(a[i] - b[i]);
            if (float.IsNaN(difference))
                return i;
            if (difference > most)
                (most, worst) = (difference, i);
        }

        return worst;
    }
}
