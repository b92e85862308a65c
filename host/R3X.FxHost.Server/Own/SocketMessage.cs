using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Serialization;

namespace R3X.FxHost.Server.Own;

/// <summary>What the WebSocket of <c>/r3x/process</c> says beside the sound, as JSON.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SocketStart), "start")]
[JsonDerivedType(typeof(LevelEvent), "level")]
[JsonDerivedType(typeof(SocketDone), "done")]
[JsonDerivedType(typeof(SocketError), "error")]
internal abstract record SocketMessage;

/// <summary>The sound begins.</summary>
/// <param name="SampleRate">Its rate in Hz.</param>
/// <param name="Channels">1 or 2.</param>
/// <param name="Preset">The preset it has.</param>
/// <param name="Warnings">What is not as it was asked for, each a whole sentence.</param>
internal sealed record SocketStart(int SampleRate, int Channels, string Preset, IReadOnlyList<string> Warnings)
    : SocketMessage;

/// <summary>All of the line has been sent.</summary>
/// <param name="Report">What was done to it.</param>
internal sealed record SocketDone(LineReport Report) : SocketMessage;

/// <summary>The line ends before its time; what had arrived has been sent.</summary>
/// <param name="Message">Why.</param>
internal sealed record SocketError(string Message) : SocketMessage;

/// <summary>What was done to a line.</summary>
/// <param name="Preset">The preset it has; dry without effects.</param>
/// <param name="Choice">Why it was that one.</param>
/// <param name="Seed">What everything random followed from: the same seed gives the same line again. A text, as it does
/// not fit into every language's numbers.</param>
/// <param name="InputMs">How long it came in, in milliseconds.</param>
/// <param name="OutputMs">How long it went out: with its tail.</param>
/// <param name="AddedLatencyMs">The added latency that 99 % of its frames did not exceed.</param>
/// <param name="Warnings">What was odd, each a whole sentence.</param>
/// <param name="Faults">Effects that misbehaved and were bypassed, each a whole sentence.</param>
/// <param name="StartingGains">The gains it began with, in dB, in front of its chain and of the chain's last limiter:
/// "3.25,-1.4", and ",following" where they moved on from there; null where its level was left alone.</param>
internal sealed record LineReport(string Preset, string Choice, string Seed, double InputMs, double OutputMs,
    double AddedLatencyMs, IReadOnlyList<string> Warnings, IReadOnlyList<string> Faults,
    string? StartingGains)
{
    /// <summary>A report as JSON.</summary>
    public static LineReport Of(Diagnostics.SpeechReport report) => new(report.Preset, report.Choice,
        report.Seed.ToString(CultureInfo.InvariantCulture), report.InputDuration.TotalMilliseconds,
        report.OutputDuration.TotalMilliseconds, report.AddedLatencyP99.TotalMilliseconds, report.Warnings,
        report.Faults, report.StartingGains?.ToString());
}
