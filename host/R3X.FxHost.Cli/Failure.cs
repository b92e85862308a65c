using System;
using System.IO;
using R3X.FxHost.Decoding;
using R3X.FxHost.Playback;

namespace R3X.FxHost.Cli;

/// <summary>Why a verb could not do its work: what a person reads, and what the exit code says.</summary>
internal sealed record Failure(string Message, int ExitCode)
{
    /// <summary>What an exception means to the person at the command line; null for a mistake in the program itself.</summary>
    public static Failure? Of(Exception exception) => exception switch
    {
        FormatException e => new Failure(e.Message, Cli.ExitCode.WrongUsage),
        NotSupportedException e => new Failure(e.Message, Cli.ExitCode.Failed),
        UsageException e => new Failure(e.Message, Cli.ExitCode.WrongUsage),
        UnreadableAudioException e => new Failure(e.Message, Cli.ExitCode.WrongUsage),
        DeviceException e => new Failure(e.Message, Cli.ExitCode.Failed),
        FileNotFoundException { FileName: { } file } => new Failure($"There is no file \"{file}\". Check the path.", Cli.ExitCode.WrongUsage),
        DirectoryNotFoundException e => new Failure(e.Message, Cli.ExitCode.WrongUsage),
        UnauthorizedAccessException e => new Failure($"{e.Message} Check who may read and write there.", Cli.ExitCode.Failed),
        IOException e => new Failure(e.Message, Cli.ExitCode.Failed),
        OperationCanceledException => new Failure("Stopped.", Cli.ExitCode.Failed),
        DllNotFoundException e => new Failure(e.Message, Cli.ExitCode.Failed),
        _ => null,
    };
}
