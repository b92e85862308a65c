using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>Gets effects from the catalogue, or says why one is not to be had.</summary>
internal sealed class EffectFinder(IEffectCatalogue catalogue)
{
    /// <summary>Loads an effect, or complains.</summary>
    /// <param name="isStepName">Whether the id is a step's name, no <c>effect:</c> being given.</param>
    /// <param name="failed">The effect, when it is there but fails when it is made; else null.</param>
    /// <returns>The effect, or null.</returns>
    public LoadedEffect? Find(string id, bool isStepName, out Diagnostic diagnostic, out EffectDescription? failed)
    {
        diagnostic = default;
        failed = null;
        if (catalogue.TryLoad(id, out LoadedEffect? effect, out RefusedPlugin? refused))
            return effect;
        if (refused is { IsFault: true })
            failed = catalogue.Effects.FirstOrDefault(e => e.Id == id);
        refused ??= RefusedInFolder(id);
        diagnostic = refused is null
            ? Unknown(id, isStepName)
            : new Diagnostic($"{Diagnostic.Quote(id)} could not be loaded. {refused.Reason}", refused.Fix,
                DiagnosticRule.EffectNotInstalled);
        return null;
    }

    private Diagnostic Unknown(string id, bool isStepName)
    {
        string folders = catalogue.Folders.Count == 0 ? "any folder" : string.Join(" or ", catalogue.Folders);
        List<string> ids = [.. catalogue.Effects.Select(e => e.Id)];
        if (ids.Count == 0)
            return new Diagnostic($"{Diagnostic.Quote(id)} is not an effect: none was found in {folders}.",
                "Put the plugins there, or name their folder under \"plugins:\" in host.yaml.",
                DiagnosticRule.EffectNotInstalled);
        ids.Sort(StringComparer.Ordinal);
        string message = $"{Diagnostic.Quote(id)} is not an effect in {folders}.";
        string list = $"Installed: {string.Join(", ", ids)}.";
        string? nearest = NearestName.Find(id, ids);
        if (nearest is null)
            return new Diagnostic(message, list, DiagnosticRule.EffectNotInstalled);
        string keep = isStepName && id.Length > nearest.Length
            && id.Contains(nearest, StringComparison.OrdinalIgnoreCase)
            ? $", or keep the name and add \"effect: {nearest}\"" : "";
        return new Diagnostic(message, Fix.Write(nearest, $"{keep}. {list}"), DiagnosticRule.EffectNotInstalled);
    }

    // A plugin that was refused before its id could be read still stands in the folder named after it.
    private RefusedPlugin? RefusedInFolder(string id)
    {
        foreach (RefusedPlugin refused in catalogue.Refused)
        {
            if (string.Equals(Path.GetFileName(Path.GetDirectoryName(refused.File)), id, StringComparison.Ordinal))
                return refused;
        }

        return null;
    }
}
