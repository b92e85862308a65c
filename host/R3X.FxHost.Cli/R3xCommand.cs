using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Linq;
using System.Threading.Tasks;

namespace R3X.FxHost.Cli;

/// <summary>The whole command: its verbs, and what an exit code means.</summary>
internal static class R3xCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("Makes spoken lines sound like a character: renders, plays and auditions them through effect presets.")
        {
            DemoVerb.Create(),
            RenderVerb.Create(),
            PlayVerb.Create(),
            AuditionVerb.Create(),
            EffectsVerb.Create(),
            PresetsVerb.Create(),
            DevicesVerb.Create(),
            DoctorVerb.Create(),
            CompletionVerb.Create(),
        };
        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
                option.Action = new HelpWithExamples(help);
        }

        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not (HelpWithExamples or null) && parsed.Action is ParseErrorAction)
            return WrongUsage(parsed);
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static int WrongUsage(ParseResult parsed)
    {
        foreach (string message in parsed.Errors.Select(error => error.Message).Distinct())
            Messages.Error(message);
        string verb = parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
        Console.Error.WriteLine($"See r3x {verb}--help.");
        return ExitCode.WrongUsage;
    }

    private sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            inner.Invoke(parseResult);
            string[] examples = parseResult.CommandResult.Command is Verb verb ? verb.Examples : Examples;
            if (examples.Length == 0)
                return ExitCode.Done;
            Console.Out.WriteLine("Examples:");
            foreach (string example in examples)
                Console.Out.WriteLine("  " + example);
            Console.Out.WriteLine();
            return ExitCode.Done;
        }
    }

    private static readonly string[] Examples =
    [
        "r3x demo                                          hear what it does",
        "r3x render line.mp3 --preset excited -o out.wav   write a line with a preset",
        "curl ... | r3x play - --input-format pcm_24000    play a line while it arrives",
        "r3x audition line.mp3                             one line through every preset",
        "r3x doctor                                        what is installed and what is missing",
    ];
}
