using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Server;

/// <summary><c>r3x serve</c>: its options, which are the settings of <c>serve:</c> in host.yaml.</summary>
internal static class ServeCommand
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int WrongUsage = 2;

    private static readonly SettingOption[] Settings =
    [
        new("address", "ADDRESS", "Where to listen: 127.0.0.1, which only this machine reaches, or *. Others need "
            + "--token."),
        new("port", "PORT", "The HTTP port; 7373 unless changed, 0 takes a free one."),
        new("wyoming-port", "PORT", "The port of the Wyoming protocol (Home Assistant); 10210 unless changed, off "
            + "for none."),
        new("wyoming-address", "ADDRESS", "Where to listen to it: 127.0.0.1, or * for other machines. Wyoming has no "
            + "token, so whoever reaches it may speak."),
        new("token", "TEXT", "What callers have to know. R3X_TOKEN in the environment does the same, unseen."),
        new("origins", "URL", "A page that browsers may call from, besides those of this machine. May be repeated.")
        {
            Name = "--origin",
        },
        new("hosts", "NAME", "A name of this machine that callers use. May be repeated.") { Name = "--host" },
        new("openai", "URL", "The service behind the OpenAI front; https://api.openai.com unless changed, or off."),
        new("elevenlabs", "URL", "The service behind the ElevenLabs front; https://api.elevenlabs.io unless changed, "
            + "or off."),
        new("wyoming", "HOST:PORT", "The Wyoming service that speaks; 127.0.0.1:10200 unless changed, or off."),
        new("announce", "on|off", "Announce the Wyoming service in the local network (zeroconf)."),
        new("nats", "URL", "A NATS server through which several servers share how loud speakers are, such as "
            + "nats://10.0.0.5:4222; off, unless changed."),
        new("voices", "VOICE=PRESET", "The sound of a voice, such as alloy=excited or alloy=excited@70%. May be "
            + "repeated.")
        {
            Name = "--voice", IsGroup = true,
        },
        new("speakers", "NAME=PRESET", "The sound of a speaker. May be repeated.")
        {
            Name = "--speaker", IsGroup = true,
        },
        new("limits", "LIMIT=VALUE", "A limit: lines=1000, lines-of-one=1000, text=40000, body=67108864, time=1800 s, "
            + "idle=60 s. May be repeated.")
        {
            Name = "--limit", IsGroup = true,
        },
    ];

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        // What comes is read by the thread that waits for it, which hands only a line's work to others: that wakes one
        // thread less for each chunk. Read by the runtime with the first socket.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        RootCommand root = Create();
        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
        {
            foreach (string message in parsed.Errors.Select(static error => error.Message))
                Error(message);
            Console.Error.WriteLine("See r3x serve --help.");
            return WrongUsage;
        }

        return parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        }).GetAwaiter().GetResult();
    }

    private static RootCommand Create()
    {
        var presets = new Option<string?>("--presets")
        {
            Description = "The folder of presets and host.yaml.", HelpName = "FOLDER",
        };
        var plugins = new Option<string[]>("--plugins")
        {
            Description = "A further folder to search for effects. May be repeated.", HelpName = "FOLDER",
        };
        var device = new Option<string?>("--device")
        {
            Description = "The loudspeaker: a name from r3x devices, null, or file:PATH.", HelpName = "NAME",
        };
        var studio = new Option<bool>("--studio")
        {
            Description = "Serve the studio, too: a page on which presets are shaped by ear.",
        };
        var browser = new Option<bool>("--open-browser")
        {
            Description = "Open the studio in the desktop's browser, where there is one.",
        };
        var root = new RootCommand("Gives any assistant the host's voices: in front of OpenAI, ElevenLabs and Wyoming "
            + "speech services, and with an interface of its own. Settings stand under serve: in host.yaml, too.")
        {
            presets, plugins, device, studio, browser,
        };
        foreach (SettingOption setting in Settings)
            root.Options.Add(setting.Option);
        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
                option.Action = new HelpWithRecipes(help);
        }

        root.SetAction((parsed, _) => RunAsync(parsed, new FxHostOptions
        {
            PresetFolder = parsed.GetValue(presets),
            PluginFolders = parsed.GetValue(plugins) ?? [],
            Device = parsed.GetValue(device),
            EffectNews = new EffectLines(),
        }, parsed.GetValue(studio), parsed.GetValue(browser)));
        return root;
    }

    private static async Task<int> RunAsync(ParseResult parsed, FxHostOptions options, bool studio, bool browse)
    {
        try
        {
            FxHost.SurvivePluginThreads();
            HostSettingsReading read = HostSettingsReader.ReadFolder(options.FindPresetFolder());
            foreach (PresetDiagnostic diagnostic in read.Diagnostics)
                Warning(DiagnosticText.Format(diagnostic));
            if (Read(parsed, read.Settings.Serve) is not { } settings)
                return WrongUsage;
            await using SharedLevels? levels = settings.Nats is { } nats ? new SharedLevels(nats) : null;
            await using FxHost host = FxHost.Create(options with { SpeakerLevels = levels?.Levels });
            return await ServerProgram.RunAsync(host, settings, studio, browse) ? Done : WrongUsage;
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            Error($"{e.Message} At the command line these are --presets FOLDER and --plugins FOLDER.");
            return WrongUsage;
        }
        catch (IOException e)
        {
            Error(e.Message);
            return Failed;
        }
    }

    private static ServeSettings? Read(ParseResult parsed, ServeSettings settings)
    {
        if (Environment.GetEnvironmentVariable("R3X_TOKEN") is { Length: > 0 } token)
            settings = settings with { Token = token };
        List<PresetDiagnostic> all = [];
        foreach (SettingOption setting in Settings)
        {
            settings = setting.Apply(parsed, settings, out IReadOnlyList<PresetDiagnostic> wrong);
            all.AddRange(wrong);
        }

        foreach (PresetDiagnostic diagnostic in all)
            Error(DiagnosticText.Format(diagnostic));
        return all.Count == 0 ? settings : null;
    }

    /// <summary>Says what is wrong, on standard error.</summary>
    public static void Error(string text) => Console.Error.WriteLine("r3x serve: " + text);

    /// <summary>Says what is odd, on standard error.</summary>
    public static void Warning(string text) => Console.Error.WriteLine("r3x serve: warning: " + text);

    /// <summary>Says on standard error what became of plugins while the server runs.</summary>
    private sealed class EffectLines : IProgress<EffectChange>
    {
        public void Report(EffectChange value)
        {
            if (value.Refused is null)
                Console.Error.WriteLine("r3x serve: " + value);
            else
                Warning(value.ToString());
        }
    }

    private sealed class HelpWithRecipes(HelpAction inner) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            using var help = new StringWriter();
            parseResult.InvocationConfiguration.Output = help;
            inner.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output = output;
            // The program's own name is nobody's business: it is started as a verb.
            output.Write(help.ToString().Replace("r3x-serve", "r3x serve", StringComparison.Ordinal));
            output.WriteLine("Recipes (docs/assistants.md says more):");
            foreach (string line in Recipes.Lines)
                output.WriteLine("  " + line);
            output.WriteLine();
            return Done;
        }
    }
}
