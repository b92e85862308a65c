using System;
using Microsoft.Extensions.Logging;

namespace R3X.FxHost.Diagnostics;

/// <summary>What a host says in its log. The numbers of events stay what they are.</summary>
internal static partial class HostLog
{
    [LoggerMessage(1, LogLevel.Error, "Step \"{Step}\" ({Effect} {EffectVersion}) of preset \"{Preset}\" {Detail} "
        + "({Cause}); {Outcome}", EventName = "EffectFault")]
    public static partial void Fault(
        ILogger log, Exception? thrown, string preset, string step, string effect, string effectVersion, string cause,
            string detail, string outcome);

    [LoggerMessage(10, LogLevel.Error, "The effect {Effect} {EffectVersion} {Detail} ({Cause}). Lines go on.",
        EventName = "UnhandledException")]
    public static partial void UnhandledException(
        ILogger log, Exception? thrown, string effect, string effectVersion, string cause, string detail);

    [LoggerMessage(2, LogLevel.Warning, "A line with the preset {Preset}: {Warning}", EventName = "Fallback")]
    public static partial void Fallback(ILogger log, string preset, string warning);

    [LoggerMessage(3, LogLevel.Warning, "The loudspeaker {Device} was {Change} at {DeviceTime}. {Reason}",
        EventName = "DeviceLost")]
    public static partial void DeviceLost(
        ILogger log, string device, string change, TimeSpan deviceTime, string reason);

    [LoggerMessage(4, LogLevel.Information, "The loudspeaker {Device} was {Change} at {DeviceTime}. {Reason}",
        EventName = "DeviceBack")]
    public static partial void DeviceBack(
        ILogger log, string device, string change, TimeSpan deviceTime, string reason);

    [LoggerMessage(5, LogLevel.Warning, "Underruns of the utterance {Utterance}: {Count}. Its source was slower than "
        + "speech, and it was silent until more of it came.", EventName = "LineUnderrun")]
    public static partial void LineUnderrun(ILogger log, string utterance, long count);

    [LoggerMessage(6, LogLevel.Warning, "Underruns of the loudspeaker {Device} in the utterance {Utterance}: {Count}. "
        + "The machine was busy; a larger buffer helps.", EventName = "DeviceUnderrun")]
    public static partial void DeviceUnderrun(ILogger log, string? device, long count, string utterance);

    [LoggerMessage(7, LogLevel.Information, "The utterance {Utterance} was interrupted ({Reason}) when {Heard} of it "
        + "had been heard.", EventName = "Interrupted")]
    public static partial void Interrupted(ILogger log, string utterance, string? reason, TimeSpan heard);

    [LoggerMessage(8, LogLevel.Error, "The utterance {Utterance} failed when {Heard} of it had been heard: {Problem}",
        EventName = "Failed")]
    public static partial void Failed(
        ILogger log, Exception? failure, string utterance, TimeSpan heard, string? problem);

    [LoggerMessage(9, LogLevel.Warning, "The background {Source} ended: {Problem} Speech goes on without it.",
        EventName = "BackgroundFailed")]
    public static partial void BackgroundFailed(ILogger log, Exception? failure, string source, string? problem);

    [LoggerMessage(11, LogLevel.Information, "Effects: {Change}", EventName = "EffectChanged")]
    public static partial void EffectChanged(ILogger log, string change);

    [LoggerMessage(12, LogLevel.Warning, "Effects: {Change}", EventName = "EffectRefused")]
    public static partial void EffectRefused(ILogger log, string change);

    [LoggerMessage(13, LogLevel.Warning, "Effects: {Problem}", EventName = "EffectLingers")]
    public static partial void EffectLingers(ILogger log, string problem);
}
