using System;
using System.IO;
using System.Linq;
using System.Threading;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>
/// The preset of lines that nothing else chose. Where it cannot be used it is the default that could be used last,
/// then the chain that is built into the library, so that a slip in a file silences nobody. Any thread; reads files.
/// </summary>
internal sealed class DefaultPreset(PresetLibrary presets)
{
    private const string BuiltInFile = "built-in.yaml";

    private Lazy<PresetReading> _builtIn = new(() => ReadBuiltIn(presets));
    private string? _lastGood;

    /// <summary>A default from before the first line, so that it is known should the next one be wrong.</summary>
    public void Remember(string id) => Volatile.Write(ref _lastGood, id);

    /// <summary>Has the built-in chain built again, with the effects there are now.</summary>
    public void EffectsChanged() => Volatile.Write(ref _builtIn, new(() => ReadBuiltIn(presets)));

    /// <param name="id">The id that <c>host.yaml</c> says.</param>
    public PresetChoice Choose(string id)
    {
        PresetReading asked = presets.Find(id);
        if (asked.Preset is not null)
        {
            Remember(id);
            return new PresetChoice(
                asked.Preset, $"No use-when matched, and \"{id}\" is the default.", asked.Diagnostics, []);
        }

        PresetChoice Instead(Preset? preset, string said)
        {
            string instead = $"The default {Diagnostic.Quote(id)} cannot be used{said}";
            return new PresetChoice(preset, instead, asked.Diagnostics, []) { Instead = instead };
        }

        string? before = Volatile.Read(ref _lastGood);
        if (before is not null && before != id && presets.Find(before).Preset is { } lastGood)
            return Instead(lastGood, $"; \"{before}\", the default before it, is used instead.");
        PresetReading last = Volatile.Read(ref _builtIn).Value;
        if (last.Preset is { } builtIn)
            return Instead(builtIn, "; the built-in chain is used instead.");
        PresetDiagnostic first = last.Diagnostics.First(d => d.Severity == DiagnosticSeverity.Error);
        return Instead(null, $", nor the built-in chain: {LibraryDiagnostics.InOneLine(first)}.");
    }

    private static PresetReading ReadBuiltIn(PresetLibrary presets)
    {
        using Stream file = typeof(DefaultPreset).Assembly.GetManifestResourceStream(BuiltInFile)!;
        using var reader = new StreamReader(file);
        return presets.Read(reader.ReadToEnd(), BuiltInFile);
    }
}
