using System;

namespace R3X.FxHost.Playback;

/// <summary>A device that notices that it is gone while nobody uses it.</summary>
internal interface IRemovable
{
    /// <summary>Called when it is gone, with the sentence its calls throw, on a thread of the sound system: must
    /// neither throw nor wait.</summary>
    Action<string>? Removed { get; set; }
}
