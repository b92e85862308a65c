namespace R3X.FxHost.Playout;

/// <summary>Is told when something is heard.</summary>
internal interface ITimelineListener
{
    /// <summary>Called by the timeline's thread, which must not be held up.</summary>
    /// <param name="what">What it is, in the listener's own numbers.</param>
    /// <param name="moment">When.</param>
    void Heard(int what, PlaybackMoment moment);

    /// <summary>Called for what was still to be told when the loudspeaker closed: it never will be.</summary>
    void Closed()
    {
    }
}
