using System;
using System.IO;
using R3X.FxHost.Decoding;
using R3X.FxHost.Playback;

namespace R3X.FxHost.Cli;

/// <summary>Why a verb could not do its work.</summary>
/// <param name="Message">What a person reads; empty where there is nothing to say.</param>
/// <param name="ExitCode">What the exit code says.</param>
internal sealed record Failure(string Message, int ExitCode)
{
    /// <summary>Set to 1, every error is followed by the program's own view of it.</summary>
    private const string DebugVariable = "R3X_DEBUG";

    /// <summary>What an exception means to the person at the command line.</summary>
    public static Failure Of(Exception exception)
    {
        Failure failure = Plain(exception);
        return Environment.GetEnvironmentVariable(DebugVariable) == "1" && failure.Message.Length > 0
            ? failure with { Message = $"{failure.Message}\n{exception}" }
            : failure;
    }

    private static Failure Plain(Exception exception) => exception switch
    {
        ReaderGoneException => new Failure("", Cli.ExitCode.Done),
        UsageException or FormatException or UnreadableAudioException or DirectoryNotFoundException =>
            new Failure(CommandWords.Of(exception.Message), Cli.ExitCode.WrongUsage),
        FileNotFoundException { FileName: { } file } =>
            new Failure($"There is no file \"{file}\". Check the path.", Cli.ExitCode.WrongUsage),
        DeviceException or NotSupportedException or DllNotFoundException or IOException =>
            new Failure(CommandWords.Of(exception.Message), Cli.ExitCode.Failed),
        UnauthorizedAccessException =>
            new Failure($"{exception.Message} Check who may read and write there.", Cli.ExitCode.Failed),
        AggregateException { InnerException: { } inner } => Plain(inner),
        OperationCanceledException => new Failure("Stopped.", Interruption.ExitCode),
        _ => new Failure(
            $"This is a mistake in r3x itself, not in what you typed: {exception.GetType().Name}: "
                + $"{OneLine(exception.Message)} Please report it, with the output of the same command after "
                + $"{DebugVariable}=1.",
            Cli.ExitCode.Failed),
    };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
