using System;

namespace R3X.FxHost.Playback;

/// <summary>
/// Where a stream's frames were when the server last said so, and where they must be now: it counts what the sink has
/// taken and how long the sink needs to sound it, and time does the rest until it tells again.
/// </summary>
/// <param name="Queued">Frames written that the sink has not taken.</param>
/// <param name="InSink">Frames the sink had yet to sound.</param>
/// <param name="SinkCapacity">Frames the sink holds at most, unless it woke late.</param>
/// <param name="IsPlaying">Whether it takes more by itself.</param>
internal readonly record struct PulseTiming(double Queued, double InSink, double SinkCapacity, bool IsPlaying)
{
    /// <summary>Reads what the server told.</summary>
    /// <param name="info">It, with what was written since.</param>
    /// <param name="sinceFlush">Frames written since a flush; counts while the server has not told what that
    /// left.</param>
    /// <param name="sampleRate">Frames per second.</param>
    /// <param name="frameBytes">Bytes per frame.</param>
    public static PulseTiming From(in PulseTimingInfo info, long sinceFlush, int sampleRate, int frameBytes) => new(
        info.WriteIndexCorrupt != 0 || info.ReadIndexCorrupt != 0
            ? sinceFlush : Math.Max(0, info.WriteIndex - info.ReadIndex) / (double)frameBytes,
        info.Sink * 1e-6 * sampleRate,
        info.ConfiguredSink * 1e-6 * sampleRate,
        info.Playing != 0);

    /// <summary>Frames that have not been heard.</summary>
    /// <param name="passed">Frames that time has had since the server told.</param>
    public double Unheard(double passed) => IsPlaying
        ? Math.Max(0, Queued + InSink - passed)
        : Queued + Math.Max(0, InSink - passed);

    /// <summary>Frames the sink certainly has not taken yet: it fills itself up to its capacity at any
    /// moment.</summary>
    /// <param name="passed">Frames that time has had since the server told.</param>
    /// <param name="margin">Frames more that may be taken before a message arrives.</param>
    /// <param name="prebuffer">Frames without which a stream that does not play does not begin to.</param>
    public int Rewindable(double passed, double margin, double prebuffer)
    {
        if (!IsPlaying && Queued < prebuffer)
            return (int)Queued;
        return (int)Math.Max(0, Queued - Math.Max(0, SinkCapacity - InSink + passed) - margin);
    }
}
