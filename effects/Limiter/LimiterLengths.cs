using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Effects;

/// <summary>How the limiter's latency is spent, in frames.</summary>
/// <param name="DetectorReach">Samples the true-peak detector sees to each side; 0 for sample peaks.</param>
/// <param name="Guard">Frames around a peak that get its gain, since what lies between samples is made of all of
/// them.</param>
/// <param name="Fade">Length of the fade down before a peak.</param>
/// <param name="Hold">Frames a gain is held after a peak, so that low voices are not shaped within a period.</param>
internal readonly record struct LimiterLengths(int DetectorReach, int Guard, int Fade, int Hold)
{
    private const double HoldMilliseconds = 8;

    /// <summary>Frames by which the output is late.</summary>
    public int Latency => DetectorReach + Guard + Fade - 1;

    /// <summary>Frames whose lowest gain counts.</summary>
    public int Window => Fade + (2 * Guard) + Hold;

    /// <summary>Fits the parts.</summary>
    /// <param name="format">The line's format.</param>
    /// <param name="lookAhead">Wanted fade in milliseconds.</param>
    /// <param name="quality">Draft quality sees only samples.</param>
    /// <param name="mostLatency">What the latency may be in milliseconds, or null where it may be what it is.</param>
    public static LimiterLengths For(AudioFormat format, double lookAhead, RenderQuality quality, double? mostLatency)
    {
        bool draft = quality == RenderQuality.Draft;
        int reach = draft ? 0 : 12;
        int guard = draft ? 0 : 4;
        int fade = Math.Max(1, format.Frames(lookAhead));
        if (mostLatency is { } most)
        {
            // Where frames are few, the detector has half of them: a ceiling that is passed is worse than a faster
            // fade.
            int room = (int)(most / 1000 * format.SampleRate);
            reach = Math.Min(reach, room / 2);
            guard = Math.Min(guard, room / 12);
            fade = Math.Min(fade, room - reach - guard + 1);
        }

        return new LimiterLengths(reach, guard, fade, format.Frames(HoldMilliseconds));
    }
}
