namespace R3X.FxHost.Presets;

/// <summary>One file of a folder of presets.</summary>
/// <param name="Id">The id it is chosen by.</param>
/// <param name="File">Its absolute path.</param>
/// <param name="Reading">What came of reading it.</param>
public sealed record PresetListing(string Id, string File, PresetReading Reading);
