using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Server.Answers;

/// <summary>
/// Every voice with every preset, as clients list voices: <c>alloy</c>, <c>alloy@excited</c>, and without effects
/// <c>alloy@dry</c>. Any thread; the presets are those there are when it is asked.
/// </summary>
/// <param name="host">Has the presets.</param>
internal sealed class OfferedVoices(FxHost host)
{
    /// <summary>The sounds a voice is offered with, in the presets' order; <c>dry</c> last.</summary>
    /// <returns>What stands behind the voice's id, and what people read behind its name.</returns>
    public IReadOnlyList<(string Suffix, string Label)> Sounds =>
    [
        .. host.Presets.ReadAll().Where(static listing => listing.Reading.Preset is not null)
            .Select(static listing => (Selections.Sign + listing.Id, $" ({listing.Reading.Preset!.Name})")),
        (Selections.Sign + "dry", " (no effects)"),
    ];
}
