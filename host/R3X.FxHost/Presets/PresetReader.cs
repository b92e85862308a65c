using System;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>
/// Reads, checks and builds a preset that stands for itself; one with a parent is read by a <see cref="PresetLibrary"/>.
/// All mistakes come at once; nothing is thrown, whatever the text. Any thread.
/// </summary>
public static class PresetReader
{
    /// <summary>Reads a preset's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">The file's name or path: messages show it as it is, and its last part without the extension is the preset's id.</param>
    /// <param name="catalogue">The effects to check against; those that the preset names are loaded.</param>
    public static PresetReading Read(string text, string fileName, IEffectCatalogue catalogue)
    {
        var source = new SourceText(fileName, text);
        return Build(WrittenPreset.Of(source, new DiagnosticBag(source)), catalogue);
    }

    /// <summary>Reads a preset's file from its bytes, which should be UTF-8.</summary>
    /// <inheritdoc cref="Read(string, string, IEffectCatalogue)"/>
    /// <param name="bytes">The file.</param>
    /// <param name="fileName">The file's name or path.</param>
    /// <param name="catalogue">The effects to check against.</param>
    public static PresetReading Read(ReadOnlySpan<byte> bytes, string fileName, IEffectCatalogue catalogue) =>
        Build(WrittenPreset.Of(bytes, fileName), catalogue);

    private static PresetReading Build(WrittenPreset written, IEffectCatalogue catalogue) =>
        PresetBuilder.Build(written, catalogue, () => FoundParent.OfLooseText);
}
