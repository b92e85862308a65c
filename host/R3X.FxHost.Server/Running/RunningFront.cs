using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Systemd;

namespace R3X.FxHost.Server.Running;

/// <summary>What those who run the server need: its health, word to systemd, a reload without a gap.</summary>
internal static class RunningFront
{
    /// <summary>What it needs.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>().AddSingleton<SystemdNotices>()
            .AddHostedService(static all => all.GetRequiredService<SystemdNotices>());
        services.AddSingleton<Reload>().AddHostedService<ReloadSignal>();
        services.AddHealthChecks()
            .AddCheck<RunningCheck>("server").AddCheck<EffectsCheck>("effects").AddCheck<PresetsCheck>("presets")
            .AddCheck<SettingsCheck>("host.yaml").AddCheck<LoudspeakerCheck>("loudspeaker");
        services.AddSingleton<LoudspeakerCheck>();
    }

    /// <summary>Takes the paths, which need no token.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health", new HealthCheckOptions { Predicate = static _ => false });
        routes.MapHealthChecks("/health/live", new HealthCheckOptions
        {
            Predicate = static _ => false, ResponseWriter = HealthAnswer.WriteAsync,
        });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = HealthAnswer.WriteAsync });
    }
}
