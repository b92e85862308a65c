using R3X.FxHost.Presets;
using R3X.FxHost.Server.Access;
using R3X.FxHost.Server.Answers;
using R3X.FxHost.Server.Configuration;

namespace R3X.FxHost.Server.Wyoming;

/// <summary>What the connections of the Wyoming protocol share. Any thread.</summary>
/// <param name="Host">The host.</param>
/// <param name="Live">How to serve.</param>
/// <param name="Counter">How many lines there are.</param>
/// <param name="Selections">Which sound a line has.</param>
/// <param name="Voices">The sounds that voices are offered with.</param>
/// <param name="Upstream">The service that speaks.</param>
internal sealed record WyomingServices(
    FxHost Host, LiveSettings Live, LineCounter Counter, Selections Selections, OfferedVoices Voices,
    WyomingUpstream Upstream)
{
    /// <summary>How to serve, at this moment.</summary>
    public ServeSettings Settings => Live.Current;
}
