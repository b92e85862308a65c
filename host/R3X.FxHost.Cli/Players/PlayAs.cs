using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using NAudio.Wave;

namespace R3X.FxHost.Cli.Players;

/// <summary>
/// <c>r3x play-as PLAYER ...</c>, which an installed player calls: what is piped in is heard through the chain, any
/// other use goes on to the real player. Standard input is read to its end and the exit code is 0 whatever happens:
/// assistants take anything else for their own failure.
/// </summary>
internal static class PlayAs
{
    /// <summary>The word that stands where a verb would.</summary>
    public const string Name = "play-as";

    private static readonly bool IsVerbose = Environment.GetEnvironmentVariable("R3X_VERBOSE") is "1" or "true";

    /// <summary>Plays, or starts the real player in place of this process.</summary>
    /// <param name="arguments">The installed player's path, which player it is, and what it was called with.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments.Length < 2)
        {
            Messages.Error($"{Name} is what installed players call. Install them: r3x install-player FOLDER.");
            return ExitCode.WrongUsage;
        }

        string player = arguments[1];
        string[] words = arguments[2..];
        if (PlayerUse.Read(player, words) is not { } use)
            return RealPlayer.Run(player, arguments[0], words);
        if (!OpenFiles.AreEnough())
            return ExitCode.Failed;
        Console.Take();
        foreach (string option in use.NotFollowed)
            Verbose($"{player} {option} is not followed.");
        using var interruption = new Interruption();
        try
        {
            var input = new PlayerInput(Console.OpenStandardInput(), use);
            Speak(input, use, player, interruption.Token);
            input.Drain(interruption.Token);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return Interruption.ExitCode;
        }
        catch (UsageException e)
        {
            Messages.Error($"{player}: {e.Message}");
            return ExitCode.Done;
        }
    }

    /// <summary>Says something that is only of interest to who asks, with <c>R3X_VERBOSE=1</c>.</summary>
    public static void Verbose(string text)
    {
        if (IsVerbose)
            Console.Error.WriteLine("r3x: " + text);
    }

    private static void Speak(PlayerInput input, PlayerUse use, string player, CancellationToken cancellation)
    {
        TimeSpan heard = TimeSpan.Zero;
        if (ServerAddress.Find() is { } address && ServerLine.Open(address, input) is { } line)
        {
            Verbose($"{player}: spoken by {address.Uri}.");
            ServerEnd end = line.Speak(use, cancellation);
            if (end.IsOver)
                return;
            heard = input.Rewind() ? end.Heard : TimeSpan.Zero;
            Messages.Warning($"{player}: {address.Uri} failed: {end.Reason} The line goes on without it.");
        }

        try
        {
            SpeakHere(input, use, heard, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            Messages.Error($"{player}: {Failure.Of(e).Message}");
        }
    }

    private static void SpeakHere(PlayerInput input, PlayerUse use, TimeSpan heard, CancellationToken cancellation)
    {
        using FxHost host = FxHost.Create(new FxHostOptions { LongRunning = false });
        SpeechAudio audio = SpeechAudio.FromChunks(TakeAllAsync(input, cancellation), use.InputFormat)
            .Named("standard input");
        SpeechSelection selection = PlayerSelection.Of();
        if (heard > TimeSpan.Zero)
        {
            audio = host.ToSampleProvider(audio, selection).Skip(heard).ToSpeechAudio();
            selection = SpeechSelection.WithoutEffects with { KeepsLevel = true };
        }

        Messages.Of(host.ProcessAndPlayAsync(audio, selection, cancellation).GetAwaiter().GetResult());
    }

    // The reads block, on the line's own thread.
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> TakeAllAsync(
        PlayerInput input, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (ReadOnlyMemory<byte> chunk in input.TakeAll(cancellation))
            yield return chunk;
    }
}
