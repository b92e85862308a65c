namespace R3X.FxHost.Presets.Yaml;

/// <summary>What could be read of a text.</summary>
/// <param name="Root">The tree, or null when there is none.</param>
/// <param name="IsComplete">Whether all of the text is in it; when not, what is missing may be missing through no fault of its own.</param>
internal sealed record YamlDocument(YamlNode? Root, bool IsComplete);
