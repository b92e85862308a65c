using System;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
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
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = true);
        services.AddSingleton<SpokenLines>().AddSingleton<OpenTurns>();
        services.AddOpenApi("v1", Describe);
    }

    /// <summary>Takes the paths.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/r3x");
        group.MapGet("", static () => new ServerStatus(
            "R3X.FxHost", typeof(FxHost).Assembly.GetName().Version?.ToString(3) ?? "", Environment.ProcessId))
            .WithSummary("Which server this is.");
        Speaking.Map(group);
        Utterances.Map(group);
        Turns.Map(group);
        Events.Map(group);
    }

    private static void Describe(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "R3X.FxHost";
        document.Info.Description = "Voices with effects, from any language. See docs/assistants.md.";
        return Task.CompletedTask;
    });
}

/// <summary>Which server this is, as JSON.</summary>
/// <param name="Name">The program.</param>
/// <param name="Version">Its version.</param>
/// <param name="Pid">Its process.</param>
internal sealed record ServerStatus(string Name, string Version, int Pid);
