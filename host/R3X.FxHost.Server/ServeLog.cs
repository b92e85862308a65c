using System;
using System.Globalization;
using System.IO;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Server;

/// <summary>How the log is written.</summary>
internal enum LogForm
{
    /// <summary>For people at a terminal.</summary>
    Text,

    /// <summary>For systemd's journal: a line an event, its priority in front as <c>&lt;4&gt;</c>.</summary>
    Journald,

    /// <summary>For programs: a JSON object a line.</summary>
    Json,
}

/// <summary>What the server says of itself: on standard error, in one of three forms. Any thread.</summary>
internal static partial class ServeLog
{
    private static readonly string Category = typeof(ServeLog).Namespace!;

    private static ILogger? _log;

    /// <summary>The form that is used.</summary>
    public static LogForm Form { get; private set; }

    /// <summary>The form where none is asked for.</summary>
    public static LogForm Usual => WritesToJournal() ? LogForm.Journald : LogForm.Text;

    /// <summary>From now on, what is said has a form.</summary>
    /// <param name="form">The form.</param>
    /// <returns>The loggers of everything that logs; disposing them writes what is left.</returns>
    public static ILoggerFactory Open(LogForm form)
    {
        Form = form;
        ILoggerFactory logs = LoggerFactory.Create(logging => Configure(logging, form));
        _log = form == LogForm.Text ? null : logs.CreateLogger(Category);
        return logs;
    }

    /// <summary>Says what is wrong.</summary>
    public static void Error(string text) => Say(LogLevel.Error, text, "r3x serve: ");

    /// <summary>Says what is odd.</summary>
    public static void Warning(string text) => Say(LogLevel.Warning, text, "r3x serve: warning: ");

    /// <summary>Says what happened.</summary>
    public static void Information(string text) => Say(LogLevel.Information, text, "r3x serve: ");

    /// <summary>Says what people and programs wait for, such as the address: on standard output, unless everything
    /// has to be JSON.</summary>
    public static void Announce(string text)
    {
        if (Form == LogForm.Json)
            Information(text);
        else
            Console.WriteLine(text);
    }

    /// <summary>A mistake in a file or an option: with the line and a caret where people read it.</summary>
    public static string Format(PresetDiagnostic diagnostic) => Form == LogForm.Text
        ? DiagnosticText.Format(diagnostic)
        : string.Create(CultureInfo.InvariantCulture,
            $"{diagnostic.File}{(diagnostic.Line > 0 ? $":{diagnostic.Line}" : "")}: {diagnostic.Message} "
            + $"{diagnostic.Fix}");

    private static void Say(LogLevel level, string text, string prefix)
    {
        if (_log is null)
            Console.Error.WriteLine(prefix + text);
        else
            Said(_log, level, text);
    }

    private static void Configure(ILoggingBuilder logging, LogForm form)
    {
        _ = form switch
        {
            LogForm.Journald => logging.AddSystemdConsole(),
            LogForm.Json => logging.AddJsonConsole(static json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            }),
            _ => logging.AddSimpleConsole(),
        };
        // Standard output says where to call.
        logging.Services.Configure<ConsoleLoggerOptions>(static console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace);
        // Requests carry credentials in their queries and headers. What others would log of them stays out, whatever
        // the environment asks for: nothing here reads it.
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Error);
        // Why it did not start is said in words.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddFilter("Yarp", LogLevel.None);
        logging.AddFilter("System", LogLevel.None);
    }

    // JOURNAL_STREAM names the journal's socket by device and inode; children whose output goes elsewhere inherit it.
    private static bool WritesToJournal()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("JOURNAL_STREAM") is not { } stream)
            return false;
        try
        {
            string? output = new FileInfo("/proc/self/fd/2").LinkTarget;
            return output?.EndsWith($":[{stream[(stream.IndexOf(':', StringComparison.Ordinal) + 1)..]}]",
                StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // All messages stand in this class: the generator writes classes in an order that differs from build to build.
    [LoggerMessage(LogLevel.Warning, "A Wyoming connection was not accepted: {Reason}")]
    public static partial void NotAccepted(ILogger log, string reason);

    [LoggerMessage(LogLevel.Warning, "A line broke off: {Reason}")]
    public static partial void BrokeOff(ILogger log, string reason);

    [LoggerMessage(EventId = 100, EventName = "Said", Message = "{Text}")]
    private static partial void Said(ILogger log, LogLevel level, string text);
}
