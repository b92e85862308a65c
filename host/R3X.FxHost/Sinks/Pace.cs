using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Sinks;

/// <summary>
/// Keeps the latency of an endless stream between two clocks, that of who plays and the loudspeaker's: looks second by
/// second at how many frames are under way, and says how many too many or too few they are. One thread.
/// </summary>
/// <param name="format">The stream's format.</param>
internal sealed class Pace(AudioFormat format)
{
    /// <summary>Less is the jitter of a busy machine, in milliseconds.</summary>
    public const double SlackMilliseconds = 10;

    // What the loudspeaker gets more each time it ran dry, and the most.
    private const double GrowthMilliseconds = 10;
    private const double MostGrowthMilliseconds = 100;

    private double _growth;
    private double _least = double.PositiveInfinity;
    private double _most = double.NegativeInfinity;
    private int _frames;

    /// <summary>Another sound begins. What the loudspeaker was given more is taken back bit by bit: the machine may be
    /// less busy by now.</summary>
    public void Begin()
    {
        _growth = Math.Max(0, _growth - format.Frames(GrowthMilliseconds));
        Restart();
    }

    /// <summary>The loudspeaker ran dry: it gets more from here on.</summary>
    public void RanDry()
    {
        _growth = Math.Min(_growth + format.Frames(GrowthMilliseconds), format.Frames(MostGrowthMilliseconds));
        Restart();
    }

    /// <summary>Notes what is under way.</summary>
    /// <param name="frames">How many frames passed since the last time.</param>
    /// <param name="underWay">Frames that have come and were not heard.</param>
    /// <param name="usual">How many there are when nothing is late.</param>
    /// <returns>Frames that are too many; less than 0 where there are too few; 0 where nothing is to be done.</returns>
    public int Follow(int frames, double underWay, double usual)
    {
        _least = Math.Min(_least, underWay);
        _most = Math.Max(_most, underWay);
        _frames += frames;
        if (_frames < format.SampleRate)
            return 0;
        double wanted = usual + _growth;
        double slack = format.Frames(SlackMilliseconds);
        int correction = _least > wanted + slack ? (int)(_least - wanted)
            : _most < wanted - slack ? (int)(_most - wanted) : 0;
        Restart();
        return correction;
    }

    private void Restart() => (_least, _most, _frames) = (double.PositiveInfinity, double.NegativeInfinity, 0);
}
