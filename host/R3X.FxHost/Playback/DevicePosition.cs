using System;

namespace R3X.FxHost.Playback;

/// <summary>
/// How far a device is in what it was given. What a sound system reckons of itself swings by some milliseconds when the
/// machine is busy; what was once said to be heard stays heard, unless it is taken back. The writer's own: not safe for
/// two threads at once.
/// </summary>
internal sealed class DevicePosition
{
    /// <summary>Frames the device was given, less those taken back.</summary>
    public long Written { get; private set; }

    /// <summary>The frame that is heard, as last stated; below 0 while the first one is on its way, and nowhere before
    /// anything was stated.</summary>
    public double Heard { get; private set; } = double.NegativeInfinity;

    /// <summary>Frames given and not heard, as last stated; all of them while nothing was.</summary>
    public double Unheard => double.IsFinite(Heard) ? Math.Max(0, Written - Heard) : Written;

    /// <summary>The device was given frames.</summary>
    /// <param name="frames">How many.</param>
    public void Append(int frames) => Written += frames;

    /// <summary>The frames given last were taken back.</summary>
    /// <param name="frames">How many.</param>
    public void Rewind(int frames)
    {
        Written -= frames;
        Heard = Math.Min(Heard, Written);
    }

    /// <summary>The sound system states where the device is now.</summary>
    /// <param name="unheard">Frames that have not been heard, as it reckons.</param>
    /// <returns>Frames that have not been heard, as the device says.</returns>
    public double State(double unheard)
    {
        Heard = Math.Max(Heard, Written - Math.Max(0, unheard));
        return Unheard;
    }

    /// <summary>Time passes that nothing states: at most to the end of what was given, to whole frames.</summary>
    /// <param name="frames">How many are heard in it.</param>
    public void Pass(double frames) => Heard = Math.Min(Written, Math.Ceiling(Math.Max(0, Heard) + frames));

    /// <summary>What lies in front of a frame will not be heard any more, or was.</summary>
    /// <param name="frame">The frame.</param>
    public void SkipTo(double frame) => Heard = Math.Max(Heard, frame);
}
