using System;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Matching;

/// <summary>
/// Makes chains of drafts, by way of the text that is written in the end: what is measured is what the file says.
/// </summary>
internal sealed class DraftPlans(PresetLibrary presets)
{
    /// <exception cref="NotSupportedException">An effect is missing; the message names it.</exception>
    public ChainPlan Of(Draft draft)
    {
        PresetReading reading = presets.Read(DraftText.Of(draft, "match", "being fitted", []), "match.yaml");
        return reading.Preset?.Plan ?? throw new NotSupportedException(
            "No preset can be fitted with the effects that are installed. "
                + string.Join(" ", reading.Diagnostics.Select(DiagnosticText.Format)));
    }
}
