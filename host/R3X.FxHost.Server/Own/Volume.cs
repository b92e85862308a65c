using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Own;

/// <summary><c>/r3x/volume</c> and <c>/r3x/mic</c>: the loudspeaker, and whether to listen beside it.</summary>
internal static class Volume
{
    private const double Loudest = 12;
    private const double Quietest = -100;

    /// <summary>Takes the paths.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/volume", static (FxHost host) => Of(host)).WithSummary("How loud the loudspeaker is.");
        routes.MapPut("/volume", SetAsync)
            .WithSummary("Changes how loud the loudspeaker is; what is left out stays. Heard within its buffer.")
            .Produces<VolumeStatus>();
        routes.MapGet("/mic", static (FxHost host) => new MicStatus(host.Queue.IsMicMuted))
            .WithSummary("Whether a microphone should not be believed now, as the loudspeaker can be heard.");
    }

    private static Task SetAsync(HttpContext context, FxHost host, VolumeChange change)
    {
        if (change.Db is { } db)
        {
            if (!(db is >= Quietest and <= Loudest))
            {
                return Problem.WriteAsync(context, StatusCodes.Status400BadRequest,
                    $"db is {db}.", $"It goes from {Quietest} to {Loudest}; muted: true is silent.");
            }

            host.VolumeDb = db;
        }

        host.IsMuted = change.Muted ?? host.IsMuted;
        return context.Response.WriteAsJsonAsync(Of(host));
    }

    private static VolumeStatus Of(FxHost host) => new(host.VolumeDb, host.IsMuted);
}

/// <summary>How loud the loudspeaker is, as JSON.</summary>
/// <param name="Db">Its volume in dB, 12 at most; 0 plays lines as they are.</param>
/// <param name="Muted">Whether it is silent. Lines go on unheard.</param>
internal sealed record VolumeStatus(double Db, bool Muted);

/// <summary>What is to change, as JSON.</summary>
/// <param name="Db">The volume in dB, -100 to 12; null leaves it.</param>
/// <param name="Muted">Whether it is silent; null leaves it.</param>
internal sealed record VolumeChange(double? Db, bool? Muted);
