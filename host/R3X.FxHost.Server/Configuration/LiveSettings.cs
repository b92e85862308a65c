using System.Threading;
using R3X.FxHost.Presets;

namespace R3X.FxHost.Server.Configuration;

/// <summary>The settings that hold now: a reload replaces them, and what has begun with the old ones goes on with
/// those. Any thread.</summary>
/// <param name="first">What the server starts with.</param>
/// <param name="device">The loudspeaker that was named; null leaves it to <c>host.yaml</c>.</param>
internal sealed class LiveSettings(ServeSettings first, string? device)
{
    private ServeSettings _current = first;

    /// <summary>The loudspeaker that was named; null leaves it to <c>host.yaml</c>.</summary>
    public string? Device { get; } = device;

    /// <summary>Whether other machines reach the server, which callers then need a token for.</summary>
    public bool NeedsToken { get; set; }

    /// <summary>What holds now. Immutable.</summary>
    public ServeSettings Current
    {
        get => Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, value);
    }
}
