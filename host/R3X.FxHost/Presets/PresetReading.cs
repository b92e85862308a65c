using System.Collections.Generic;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>What came of reading a preset.</summary>
/// <param name="Preset">The preset; null when it has errors and there is no earlier version of it.</param>
/// <param name="Diagnostics">Everything that is wrong with the text, errors and warnings, in its order.</param>
public sealed record PresetReading(Preset? Preset, IReadOnlyList<PresetDiagnostic> Diagnostics)
{
    /// <summary>Whether the text itself can be used; when not, <see cref="Preset"/> is null or an earlier
    /// version.</summary>
    public bool HasErrors
    {
        get
        {
            foreach (PresetDiagnostic diagnostic in Diagnostics)
            {
                if (diagnostic.Severity == DiagnosticSeverity.Error)
                    return true;
            }

            return false;
        }
    }
}

/// <summary>One file of a folder of presets.</summary>
/// <param name="Id">The id it is chosen by.</param>
/// <param name="File">Its absolute path.</param>
/// <param name="Reading">What came of reading it.</param>
public sealed record PresetListing(string Id, string File, PresetReading Reading);
