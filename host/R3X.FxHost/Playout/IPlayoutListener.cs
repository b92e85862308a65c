namespace R3X.FxHost.Playout;

/// <summary>Is told what becomes of a line on the loudspeaker, when it is heard. The timeline's thread, which must not
/// be held up.</summary>
internal interface IPlayoutListener
{
    /// <summary>The first frame of a segment is heard.</summary>
    /// <param name="segment">Which, from 0.</param>
    /// <param name="moment">When.</param>
    void SegmentStarted(int segment, PlaybackMoment moment);

    /// <summary>The last frame of the line itself was heard; its tail may follow.</summary>
    /// <param name="moment">When.</param>
    void VoiceEnded(PlaybackMoment moment);

    /// <summary>The line is over: heard to its end, or cut off.</summary>
    /// <param name="moment">When.</param>
    /// <param name="wasCut">Whether it was cut off.</param>
    void Ended(PlaybackMoment moment, bool wasCut);
}
