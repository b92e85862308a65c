using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace R3X.FxHost.Tests.Effects.Conformance;

/// <summary>
/// One promise that every effect makes, held against one effect. A check is a class of its own with a constructor
/// without parameters; it is found, and fails by an assertion.
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

    public string Name => GetType().Name;

    public abstract void Check(Subject subject);

    protected static void Same(float[][] expected, float[][] actual)
    {
        for (int channel = 0; channel < expected.Length; channel++)
        {
            for (int i = 0; i < expected[channel].Length; i++)
            {
                if (BitConverter.SingleToInt32Bits(expected[channel][i]) != BitConverter.SingleToInt32Bits(
                    actual[channel][i]))
                    Assert.Fail($"Channel {channel}, frame {i}: {expected[channel][i]:R} and {actual[channel][i]:R}.");
            }
        }
    }

    protected static float Difference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        float most = 0;
        for (int i = 0; i < a.Length; i++)
        {
            float difference = Math.Abs(a[i] - b[i]);
            if (!(difference <= most))
                most = difference;
        }

        return most;
    }
}
