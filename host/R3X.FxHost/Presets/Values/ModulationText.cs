using System.Collections.Generic;
using R3X.FxHost.Chains;

namespace R3X.FxHost.Presets.Values;

/// <summary>Modulations as people write them.</summary>
internal static class ModulationText
{
    /// <summary>The sentence of a modulation in its one canonical spelling; reading it gives an equal modulation.</summary>
    public static string Print(Modulation modulation, ValueRange setting)
    {
        (ModulationForm form, IReadOnlyList<double> values) = ModulationForm.Of(modulation);
        return form.Print(values, setting);
    }
}
