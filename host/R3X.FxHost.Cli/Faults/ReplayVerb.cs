using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.Threading.Tasks;
using R3X.FxHost.Cli.Bench;
using R3X.FxHost.Encoding;
using R3X.FxHost.Faults;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Cli.Faults;

/// <summary><c>r3x faults replay</c>: brings a fault about again, in a process of its own.</summary>
internal static class ReplayVerb
{
    // What a whole process takes that hears five minutes of silence, on a slow machine.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static Verb Create()
    {
        var verb = new Verb(
            "replay",
            "Gives the effect the block of a fault again, prepared as it was, after as much silence as there was "
                + "sound, in a process of its own. Exits with 0 when the same fault comes, with 1 when not.",
            "r3x faults replay k7m2qx",
            "r3x faults replay k7m2qx --wav fault.wav");
        Argument<string> id = FaultsVerb.Id();
        verb.Arguments.Add(id);
        var wav = new Option<string?>("--wav")
        {
            Description = "Write the block: in the first channel what the effect was given, in the next what was heard "
                + "of it.",
            HelpName = "FILE",
        };
        verb.Options.Add(wav);
        var here = new Option<bool>("--here") { Description = "In this very process.", Hidden = true };
        verb.Options.Add(here);
        verb.Does(parsed =>
        {
            FaultRecord fault = FaultsVerb.Find(parsed.GetRequiredValue(id));
            return parsed.GetValue(here) ? Here(fault, parsed.GetValue(wav)) : Apart(fault, parsed.GetValue(wav));
        });
        return verb;
    }

    private static int Apart(FaultRecord fault, string? wav)
    {
        (string program, string[] before) = TimedProgram.Self;
        List<string> arguments = [.. before, "faults", "replay", fault.Id, "--here"];
        if (wav is not null)
            arguments.Add("--wav=" + wav);
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        Task<string> errors = child.StandardError.ReadToEndAsync();
        if (!child.WaitForExit(Longest))
        {
            child.Kill(entireProcessTree: true);
            return Ended(fault, $"did not end within {Longest.TotalSeconds} s");
        }

        // What the runtime says of a crash, with its stack, helps nobody here.
        if (child.ExitCode is not (ExitCode.Done or ExitCode.Failed or ExitCode.WrongUsage))
            return Ended(fault, $"died with exit code {child.ExitCode}");
        Console.Error.Write(errors.GetAwaiter().GetResult());
        Console.Out.Write(output.GetAwaiter().GetResult());
        return child.ExitCode;
    }

    // One that took its worker along was recorded with another cause than a guard has.
    private static int Ended(FaultRecord fault, string how)
    {
        bool isSame = !FaultReplay.IsSeenInProcess(fault.Cause);
        Console.Out.WriteLine($"{(isSame ? "It happened again" : "Something else happened")}: the process that "
            + $"{fault.Effect} {fault.Version} ran in {how}.");
        return isSame ? ExitCode.Done : ExitCode.Failed;
    }

    private static int Here(FaultRecord fault, string? wav)
    {
        var replay = FaultReplay.Run(fault);
        if (replay.Warning is { } warning)
            Messages.Warning(warning);
        Console.Out.WriteLine($"{(replay.IsSame ? "It happened again" : "It did not happen again")}: {replay.Words}");
        if (wav is not null)
            Write(fault, replay, wav);
        return replay.IsSame ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Write(FaultRecord fault, FaultReplay replay, string path)
    {
        float[][] channels = [.. replay.Input, .. replay.Output];
        if (channels.Length == 0)
            throw new UsageException($"The fault {fault.Id} came before the first block: leave out --wav.");
        using var file = OutputFile.Open(path);
        var format = new AudioFormat(fault.SampleRate, channels.Length);
        var block = new AudioBuffer(channels.Length, channels[0].Length);
        for (int channel = 0; channel < channels.Length; channel++)
            channels[channel].CopyTo(block[channel]);
        using (IEncoder encoder = Encoders.Open(
            file.Stream, format, AudioFormatName.Parse("wav"), 0, SampleFormat.Float32))
        {
            encoder.Write(block.Block(block.Frames));
            encoder.Complete();
        }

        file.Keep();
    }
}
