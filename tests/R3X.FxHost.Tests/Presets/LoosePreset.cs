using System;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Tests.Presets;

/// <summary>Presets that stand in no folder, and so have no parents.</summary>
internal static class LoosePreset
{
    public static PresetReading Read(string text, string fileName, IEffectCatalogue catalogue)
    {
        var source = new SourceText(fileName, text);
        return Build(WrittenPreset.Of(source, new DiagnosticBag(source)), fileName, catalogue);
    }

    public static PresetReading Read(ReadOnlySpan<byte> bytes, string fileName, IEffectCatalogue catalogue) =>
        Build(WrittenPreset.Of(bytes, fileName), fileName, catalogue);

    private static PresetReading Build(WrittenPreset written, string fileName, IEffectCatalogue catalogue) =>
        PresetBuilder.Build(written, catalogue, fileName, () => default);
}
