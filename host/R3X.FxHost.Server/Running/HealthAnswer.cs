using System.Linq;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace R3X.FxHost.Server.Running;

/// <summary>The server's health as JSON: a word, and for each thing that is not well what it is and how to mend
/// it.</summary>
internal static class HealthAnswer
{
    private const string Fix = "fix";

    /// <summary>Something that is not well.</summary>
    /// <param name="status">What it costs: <see cref="HealthStatus.Degraded"/> leaves lines their way.</param>
    /// <param name="message">What it is, a sentence. Nothing that has to be hidden: whoever calls may read it.</param>
    /// <param name="fix">What to do about it, a sentence.</param>
    public static Task<HealthCheckResult> Not(HealthStatus status, string message, string fix) => Task.FromResult(
        new HealthCheckResult(status, message, data: new System.Collections.Generic.Dictionary<string, object>
        {
            [Fix] = fix,
        }));

    /// <summary>All is well.</summary>
    public static Task<HealthCheckResult> Well() => Task.FromResult(HealthCheckResult.Healthy());

    /// <summary>Writes the answer; its status code says the same: 503 where lines should go elsewhere.</summary>
    public static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = Word(report.Status),
        problems = report.Entries.Where(static entry => entry.Value.Status != HealthStatus.Healthy).Select(
            static entry => new
            {
                name = entry.Key,
                status = Word(entry.Value.Status),
                message = entry.Value.Description ?? "It could not be looked at.",
                fix = entry.Value.Data.TryGetValue(Fix, out object? fix) ? (string)fix : "The log says why.",
            }),
    });

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
