namespace R3X.FxHost.StandIn;

/// <summary>What a voice says.</summary>
/// <param name="Voice">One of <see cref="Voices.All"/>.</param>
/// <param name="Text">The text.</param>
internal readonly record struct Part(string Voice, string Text);
