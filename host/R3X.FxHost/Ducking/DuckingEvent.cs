using System;
using R3X.FxHost.Playout;

namespace R3X.FxHost.Ducking;

/// <summary>Tells a program that plays music to turn it down, or up again. Told when the fade is to begin.</summary>
/// <param name="IsDucked">Whether the music goes down. It stays there until an event says otherwise.</param>
/// <param name="GainDb">Where the fade ends, in dB: the target, or 0.</param>
/// <param name="Fade">How long the fade takes, from where the music is, evenly in dB.</param>
/// <param name="Turn">The name of the turn that begins, or of the one that ended last; null for what is no
/// turn.</param>
/// <param name="Moment">When the fade begins, on the device's clock.</param>
public sealed record DuckingEvent(bool IsDucked, double GainDb, TimeSpan Fade, string? Turn, PlaybackMoment Moment);
