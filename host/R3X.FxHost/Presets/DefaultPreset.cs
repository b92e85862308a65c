using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>
/// The preset of lines that nothing else chose. Where it cannot be used it is the default that could be used last,
/// then the chain that is built into the library, so that a slip in a file silences nobody. Any thread; reads files.
/// </summary>
internal sealed class DefaultPreset(PresetLibrary presets)
{
    private const string BuiltInFile = "built-in.yaml";

    private readonly Lazy<PresetReading> _builtIn = new(() => ReadBuiltIn(presets));
    private string? _lastGood;

    /// <summary>A default from before the first line, so that it is known should the next one be wrong.</summary>
    public void Remember(string id) => Volatile.Write(ref _lastGood, id);

    /// <summary>Finds it.</summary>
    /// <param name="id">The id that <c>host.yaml</c> says.</param>
    public FoundDefault Find(string id)
    {
        PresetReading asked = presets.Find(id);
        if (asked.Preset is not null)
        {
            Remember(id);
            return new FoundDefault(asked.Preset, asked.Diagnostics, null);
        }

        string? before = Volatile.Read(ref _lastGood);
        if (before is not null && before != id && presets.Find(before).Preset is { } lastGood)
        {
            string said = $"The default {Diagnostic.Quote(id)} cannot be used;"
                + $" \"{before}\", the default before it, is used instead.";
            return new FoundDefault(lastGood, asked.Diagnostics, said);
        }

        if (_builtIn.Value.Preset is { } builtIn)
        {
            string said = $"The default {Diagnostic.Quote(id)} cannot be used; the built-in chain is used instead.";
            return new FoundDefault(builtIn, asked.Diagnostics, said);
        }

        PresetDiagnostic first = _builtIn.Value.Diagnostics.First(d => d.Severity == DiagnosticSeverity.Error);
        string why = LibraryDiagnostics.InOneLine(first);
        return new FoundDefault(
            null,
            asked.Diagnostics,
            $"The default {Diagnostic.Quote(id)} cannot be used, nor the built-in chain: {why}.");
    }

    private static PresetReading ReadBuiltIn(PresetLibrary presets)
    {
        using Stream file = typeof(DefaultPreset).Assembly.GetManifestResourceStream(BuiltInFile)!;
        using var reader = new StreamReader(file);
        return presets.Read(reader.ReadToEnd(), BuiltInFile);
    }
}

/// <summary>What came of looking for the default.</summary>
/// <param name="Preset">The preset to use; null when not even the built-in chain can be built.</param>
/// <param name="Diagnostics">What there is to say of the default itself.</param>
/// <param name="Instead">What is used in its place and why, a sentence; null where it can be used.</param>
internal readonly record struct FoundDefault(
    Preset? Preset, IReadOnlyList<PresetDiagnostic> Diagnostics, string? Instead);
