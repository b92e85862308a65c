using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using R3X.FxHost.Playback;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Server.Access;
using R3X.FxHost.Server.Configuration;
using R3X.FxHost.Server.Own;

namespace R3X.FxHost.Server.Running;

/// <summary>Whether lines are taken: not while the server ends, so that a load balancer asks its neighbours.</summary>
/// <param name="counter">Lets lines in.</param>
internal sealed class RunningCheck(LineCounter counter) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => counter.IsClosed
        ? HealthAnswer.Not(HealthStatus.Unhealthy, "The server ends and takes no more lines.",
            "Ask the one that follows.")
        : HealthAnswer.Well();
}

/// <summary>Whether the effects are loaded.</summary>
/// <param name="host">The host.</param>
/// <param name="warmUp">Loads them.</param>
internal sealed class EffectsCheck(FxHost host, WarmUp warmUp) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!warmUp.Done.IsCompleted)
        {
            return HealthAnswer.Not(HealthStatus.Unhealthy, "Effects are being loaded.", "Ask again in a second.");
        }

        // A folder that is named and not there is no effect that is missing.
        string[] refused = [.. host.Effects.Refused.Select(static plugin => plugin.File).Where(Path.Exists)
            .Select(static file => Path.GetFileName(file)!)];
        return host.Effects.Effects.Count == 0
            ? HealthAnswer.Not(HealthStatus.Unhealthy, "There are no effects.",
                "Put the plugins back: r3x effects says where they are looked for.")
            : refused.Length > 0
            ? HealthAnswer.Not(HealthStatus.Degraded, $"Plugins were refused: {string.Join(", ", refused)}.",
                "r3x effects says why.")
            : HealthAnswer.Well();
    }
}

/// <summary>Whether the presets can be read.</summary>
/// <param name="host">The host.</param>
internal sealed class PresetsCheck(FxHost host) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<PresetListing> all = [.. host.Presets.ReadAll()];
        string[] broken = [.. all.Where(static one => one.Reading.Preset is null).Select(static one => one.Id)];
        return broken.Length == all.Count
            ? HealthAnswer.Not(HealthStatus.Unhealthy, "No preset can be used.", "r3x presets check says why.")
            : broken.Length > 0
            ? HealthAnswer.Not(HealthStatus.Degraded, $"Presets that cannot be used: {string.Join(", ", broken)}.",
                "r3x presets check says why; until then others take their place.")
            : HealthAnswer.Well();
    }
}

/// <summary>Whether host.yaml is sound.</summary>
/// <param name="host">The host.</param>
internal sealed class SettingsCheck(FxHost host) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        PresetDiagnostic? first = host.ReadSettings().Diagnostics.FirstOrDefault(
            static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        // What stands there may be a token: the place is enough.
        return first is null ? HealthAnswer.Well() : HealthAnswer.Not(HealthStatus.Degraded,
            $"{HostSettingsReader.FileName} has a mistake in line {first.Line}.",
            "r3x presets check says which; until then what it said before holds.");
    }
}

/// <summary>Whether there is a loudspeaker: without one, lines are still answered.</summary>
/// <param name="host">The host.</param>
/// <param name="settings">Which loudspeaker was named.</param>
internal sealed class LoudspeakerCheck(FxHost host, LiveSettings settings) : IHealthCheck
{
    // To look takes a while, and load balancers ask often.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private Task<bool> _look = Task.FromResult(false);
    private long _looked;

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // Where nothing is to be heard, nothing is missing.
        string device = settings.Device ?? host.Settings.Device;
        if (device == "null" || device.StartsWith("file:", StringComparison.Ordinal))
            return await HealthAnswer.Well();
        Task<bool> look;
        lock (_gate)
        {
            if (_looked == 0 || Stopwatch.GetElapsedTime(_looked) > Fresh)
            {
                _look = Task.Run(static () => OutputDevices.List().Count > 0, CancellationToken.None);
                _looked = Stopwatch.GetTimestamp();
            }

            look = _look;
        }

        bool isThere = await look.WaitAsync(cancellationToken);
        return await (isThere ? HealthAnswer.Well() : HealthAnswer.Not(HealthStatus.Degraded,
            "There is no loudspeaker: lines are answered and not heard.",
            "r3x doctor --service says what it takes; where none is wanted, start with --device null."));
    }
}
