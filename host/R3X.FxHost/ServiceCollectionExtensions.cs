using System;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace R3X.FxHost;

/// <summary>Puts the host into a container.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds one <see cref="FxHost"/> for the whole program; the container disposes it.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">Changes the options; null keeps the defaults.</param>
    [RequiresUnreferencedCode(LoadedCode.WhyNotTrimmed), RequiresDynamicCode(LoadedCode.WhyNotTrimmed)]
    public static IServiceCollection AddR3XFxHost(
        this IServiceCollection services, Func<FxHostOptions, FxHostOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => FxHost.Create(
            configure?.Invoke(new FxHostOptions()) ?? new FxHostOptions(), provider.GetService<ILogger<FxHost>>(),
                provider.GetService<IMeterFactory>()));
        return services;
    }
}
