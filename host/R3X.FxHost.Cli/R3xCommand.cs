using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Linq;
using R3X.FxHost.Cli.Batch;
using R3X.FxHost.Cli.Cache;
using R3X.FxHost.Cli.Faults;
using R3X.FxHost.Cli.Fitting;
using R3X.FxHost.Cli.Players;
using R3X.FxHost.Cli.Sinks;

namespace R3X.FxHost.Cli;

/// <summary>The whole command: its verbs, and what an exit code means.</summary>
internal static class R3xCommand
{
    private static readonly (string Name, Func<Command> Create)[] Verbs =
    [
        ("demo", DemoVerb.Create),
        ("render", RenderVerb.Create),
        ("worker", WorkerVerb.Create),
        ("play", PlayVerb.Create),
        ("audition", AuditionVerb.Create),
        ("sink", SinkVerb.Create),
        ("analyze", AnalyzeVerb.Create),
        ("profile", ProfileVerb.Create),
        ("match", MatchVerb.Create),
        ("effects", EffectsVerb.Create),
        ("presets", PresetsVerb.Create),
        ("devices", DevicesVerb.Create),
        ("install-player", InstallPlayerVerb.Create),
        ("cache", CacheVerb.Create),
        ("faults", FaultsVerb.Create),
        ("doctor", DoctorVerb.Create),
        (StudioVerb.Name, StudioVerb.Create),
        (ServeVerb.Name, ServeVerb.Create),
        ("bench", BenchVerb.Create),
        ("completion", CompletionVerb.Create),
        (HelpVerb.Name, HelpVerb.Create),
    ];

    private static readonly string[] Examples =
    [
        "r3x demo                                          # hear what it does",
        "r3x render line.mp3 --preset excited -o out.wav   # write a line with a preset",
        "curl ... | r3x play - --input-format pcm_24000    # play a line while it arrives",
        "r3x audition line.mp3                             # one line through every preset",
        "r3x doctor                                        # what is installed and what is missing",
    ];

    public static int Run(string[] arguments)
    {
        try
        {
            HostAhead.Begin(arguments);
            Command root = Create(arguments.Length > 0 ? arguments[0] : null);
            // An argument that begins with @ is a file's name, not a list of arguments.
            ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (arguments.Length == 0)
                return WithoutVerb(root);
            if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
                return WrongUsage(parsed);
            using var interruption = new Interruption();
            // Waited for here, and not awaited on the way: a method that suspends costs a start-up that one which
            // returns does not.
            return parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                    Output = Console.Out,
                    Error = Console.Error,
                },
                interruption.Token).GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            return Messages.Of(Failure.Of(e));
        }
    }

    /// <summary>Whether words are a verb, a verb of that and so on; no words are the whole command.</summary>
    public static bool IsVerb(string[] words)
    {
        Command? command = Create(null);
        foreach (string word in words)
            command = command?.Subcommands.FirstOrDefault(verb => verb.Name == word);
        return command is not null;
    }

    // The verb that is called is the only one that need be there: an option costs a line's time to set up. So does
    // looking up the words of the library's own options, in resources: around a verb the root is a command like any
    // other.
    private static Command Create(string? first)
    {
        const string Description =
            "Makes spoken lines sound like a character: renders, plays and auditions them through effect presets.";
        if (Array.Find(Verbs, verb => verb.Name == first).Create is { } called)
        {
            return new Command("r3x", Description)
            {
                called(),
                new Option<bool>("--help", "-h", "-?")
                {
                    Description = "Show help and usage information",
                    Arity = ArgumentArity.Zero,
                    Recursive = true,
                    Action = new HelpWithExamples(new HelpAction()),
                },
            };
        }

        var root = new RootCommand(Description);
        foreach ((_, Func<Command> create) in Verbs)
            root.Subcommands.Add(create());
        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
                option.Action = new HelpWithExamples(help);
        }

        return root;
    }

    // Whoever types the bare name wants to know what there is; a script that does has forgotten something.
    private static int WithoutVerb(Command root)
    {
        root.Parse("--help").Invoke(new InvocationConfiguration { Output = Console.Error });
        return ExitCode.WrongUsage;
    }

    private static int WrongUsage(ParseResult parsed)
    {
        foreach (string mistake in Wording.Mistakes(parsed))
            Messages.Error(mistake);
        Console.Error.WriteLine($"See {Wording.Path(parsed.CommandResult)} --help.");
        return ExitCode.WrongUsage;
    }

    private sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            inner.Invoke(parseResult);
            System.IO.TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in parseResult.CommandResult.Command is Verb verb ? verb.Examples : Examples)
                output.WriteLine("  " + example);
            output.WriteLine();
            return ExitCode.Done;
        }
    }
}
