using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;

namespace R3X.FxHost.Server.Own;

/// <summary>The host's own interface, under <c>/r3x</c>.</summary>
internal static class OwnFront
{
    /// <summary>Takes the paths.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/r3x");
        group.MapGet("", static () => new
        {
            name = "R3X.FxHost",
            version = typeof(FxHost).Assembly.GetName().Version?.ToString(3),
            pid = Environment.ProcessId,
        }).WithSummary("Which server this is.");
    }

    /// <summary>Describes the interface, for its OpenAPI document.</summary>
    public static void Describe(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "R3X.FxHost";
        document.Info.Description = "Voices with effects, from any language. See docs/assistants.md.";
        return Task.CompletedTask;
    });
}
