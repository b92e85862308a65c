namespace R3X.FxHost.Diagnostics;

/// <summary>A setting that moved in a line, or was drawn for it.</summary>
/// <param name="Setting">The setting's id.</param>
/// <param name="Sentence">What the preset says of it: <c>random 20% to 40%</c>.</param>
/// <param name="Drawn">What was drawn, as a preset would say it: <c>27.31%</c>; null where nothing is drawn.</param>
public sealed record MovedSetting(string Setting, string Sentence, string? Drawn);
