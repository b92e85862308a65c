using R3X.FxHost.Playout;

namespace R3X.FxHost.Queue;

/// <summary>An utterance has come to another state.</summary>
/// <param name="Utterance">Which.</param>
/// <param name="State">The state it came to. <see cref="Utterance.State"/> may be further by now.</param>
/// <param name="Moment">When. From <see cref="UtteranceState.Speaking"/> on, the moment at which it was heard.</param>
public sealed record SpeechEvent(Utterance Utterance, UtteranceState State, PlaybackMoment Moment);
