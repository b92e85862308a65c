using System.Collections.Generic;
using R3X.FxHost.Chains;

namespace R3X.FxHost.Presets;

/// <summary>Movements as people write them.</summary>
internal static class MovementText
{
    /// <summary>The sentence of a movement in its one canonical spelling; reading it gives an equal movement.</summary>
    public static string Print(Movement movement, ValueRange setting)
    {
        (MovementForm form, IReadOnlyList<double> values) = MovementForm.Of(movement);
        return form.Print(values, setting);
    }
}
