using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Queue;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Cli;

/// <summary>A line's report as people read it, on standard error.</summary>
internal static class ReportText
{
    public static void Write(SpeechReport report)
    {
        var text = new StringBuilder();
        Add(text, $"{report.Source}: {report.Format}, {report.InputDuration.TotalSeconds:F3} s in, "
            + $"{report.OutputDuration.TotalSeconds:F3} s out, preset {report.Preset}, seed {report.Seed}");
        text.AppendLine("  " + report.Choice);
        Add(text, $"  added latency p50 {Ms(report.AddedLatencyMedian)}, p99 {Ms(report.AddedLatencyP99)}, max "
            + $"{Ms(report.AddedLatencyMax)} (effects {Ms(report.EffectLatency)} of it)");
        Add(text, $"  start-up {Ms(report.StartUp)}, processing {Ms(report.ProcessingTime)}, "
            + $"{report.InputDuration.TotalSeconds / Math.Max(1e-9, report.ProcessingTime.TotalSeconds):F0} times real "
            + $"time");
        if (report.Amount.Sentence != "100%")
            Add(text, $"  amount {report.Amount.Sentence}{Drawn(report.Amount)}");
        if (report.StartingGains is { } gains)
            Add(text, $"  level: --starting-gains {gains}   (dB in front of the chain and of its last "
                + $"limiter{(gains.Follows ? ", then following the voice" : "")})");
        if (report.Playback is { } playback)
            AddPlayback(text, playback);
        foreach (EffectReport effect in report.Effects)
        {
            Add(text, $"    {effect.Step,-12} {effect.Effect,-12} latency {Ms(effect.Latency),9}  time "
                + $"{Ms(effect.ProcessingTime),9}{Reduction(effect.Reduction)}{(effect.Bypassed ? "  bypassed" : "")}");
            foreach (MovedSetting moved in effect.Moved)
                Add(text, $"      {moved.Setting}: {moved.Sentence}{Drawn(moved)}");
        }

        foreach (string note in report.Notes)
            text.AppendLine("    " + note);
        Console.Error.Write(text.ToString());
    }

    private static void AddPlayback(StringBuilder text, PlaybackReport playback)
    {
        Add(text, $"  {playback.Utterance}: waited {Ms(playback.Waited)}{FirstSound(playback)}");
        string all = playback.Length is { } length ? $" of {Seconds(length)} and its tail" : "";
        string why = playback.Reason is { } reason ? $" ({reason})" : "";
        Add(text, $"  heard {Seconds(playback.Heard)}{all}, from {Seconds(playback.Start ?? playback.End)} to "
            + $"{Seconds(playback.End)} of the loudspeaker's time, {playback.State}{why}");
        Add(text, $"  loudspeaker {playback.Device ?? "none"}: underruns: {playback.LateUnderruns} as the line came "
            + $"late, {playback.DeviceUnderruns} as the machine was busy");
        foreach (PlaybackChange change in playback.DeviceChanges)
            Add(text, $"    {Seconds(change.At)}: {change.Device} {change.Change}. {change.Reason}");
        if (playback.NotHeard > TimeSpan.Zero)
            Add(text, $"    {Seconds(playback.NotHeard)} passed unheard, without a loudspeaker");
    }

    private static string Drawn(MovedSetting moved) => moved.Drawn is null ? "" : $", drawn {moved.Drawn}";

    private static string FirstSound(PlaybackReport playback) =>
        playback is { FirstHanded: { } handed, FirstHeard: { } heard, DeviceLatency: { } latency }
        ? $", first sound handed on after {Ms(handed)}, heard after {Ms(heard)} (the loudspeaker's buffer "
            + $"{Ms(latency)} of it)"
        : "";

    private static string Seconds(TimeSpan time) =>
        time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture) + " s";

    private static void Add(StringBuilder text, DefaultInterpolatedStringHandler line) =>
        text.AppendLine(line.ToStringAndClear());

    private static string Reduction(GainReduction? reduction) => reduction is not { } r
        ? ""
        : string.Create(
            CultureInfo.InvariantCulture, $"  turned down by {r.Most:F1} dB at most, {r.Mean:F1} dB on average");

    private static string Ms(TimeSpan time) =>
        time.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture) + " ms";
}
