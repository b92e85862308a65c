using System;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace R3X.FxHost.Server.Own;

/// <summary>The host's own interface, under <c>/r3x</c>.</summary>
internal static class OwnFront
{
    /// <summary>What the interface needs.</summary>
    public static void Add(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(static options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = true);
        services.AddSingleton<SpokenLines>().AddSingleton<OpenTurns>();
        services.AddSingleton(static all => Cache(all.GetRequiredService<FxHost>()));
        services.AddSingleton<Ending>().AddHostedService(static all => all.GetRequiredService<Ending>());
        services.AddSingleton<WarmUp>().AddHostedService(static all => all.GetRequiredService<WarmUp>());
        services.AddOpenApi("v1", Descriptions.Describe);
    }

    /// <summary>Takes the paths.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/r3x");
        group.MapGet("", static () => new ServerStatus(
            "R3X.FxHost", typeof(FxHost).Assembly.GetName().Version?.ToString(3) ?? "", Environment.ProcessId))
            .WithSummary("Which server this is.");
        Presets.Map(group);
        Processing.Map(group);
        ProcessingSocket.Map(group);
        Speaking.Map(group);
        Utterances.Map(group);
        Turns.Map(group);
        Events.Map(group);
        Volume.Map(group);
        Background.Map(group);
        Cached.Map(group);
    }

    // As r3x play --cache KEY does where the settings name no folder.
    private static SpeechCache Cache(FxHost host) => host.Cache ?? SpeechCache.Open(SpeechCache.UsersFolder);
}

/// <summary>Which server this is, as JSON.</summary>
/// <param name="Name">The program.</param>
/// <param name="Version">Its version.</param>
/// <param name="Pid">Its process.</param>
internal sealed record ServerStatus(string Name, string Version, int Pid);
