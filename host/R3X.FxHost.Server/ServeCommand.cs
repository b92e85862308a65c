using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Server.Configuration;

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
        new("token", "TEXT", "What callers have to know. R3X_TOKEN in the environment does the same, unseen, and "
            + "R3X_TOKEN_FILE names a file that holds it."),
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
                ServeLog.Error(message);
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
        var log = new Option<string?>("--log")
        {
            Description = "How the log on standard error is written; journald unless changed where systemd's journal "
                + "reads it, else text.",
            HelpName = "text|json|journald",
        };
        var list = new Option<bool>("--settings")
        {
            Description = "Print which settings hold and where each was given, and end.",
        };
        var json = new Option<bool>("--json") { Description = "Print --settings as JSON." };
        var root = new RootCommand("Gives any assistant the host's voices: in front of OpenAI, ElevenLabs and Wyoming "
            + "speech services, and with an interface of its own. Settings stand under serve: in host.yaml, too, or in "
            + "the environment: R3X_SERVE_PORT, R3X_SERVE_VOICES, and R3X_TOKEN. SIGHUP reads them again.")
        {
            presets, plugins, device, studio, browser, log, list, json,
        };
        foreach (SettingOption setting in Settings)
            root.Options.Add(setting.Option);
        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
                option.Action = new HelpWithRecipes(help);
        }

        root.SetAction(async (parsed, _) =>
        {
            (LogForm form, string? wrong) = FormOf(parsed.GetValue(log));
            using ILoggerFactory logs = ServeLog.Open(form);
            if (parsed.GetValue(json) && !parsed.GetValue(list))
                wrong ??= "--json is how --settings is printed. For a log in JSON say --log json.";
            if (wrong is not null)
            {
                ServeLog.Error(wrong);
                return WrongUsage;
            }

            string? folder = parsed.GetValue(presets);
            var options = new FxHostOptions
            {
                PresetFolder = folder ?? ServeVariables.Find("presets"),
                PluginFolders = parsed.GetValue(plugins) is { Length: > 0 } given ? given
                    : ServeVariables.Find("plugins")?.Split(Path.PathSeparator) ?? [],
                Device = parsed.GetValue(device) ?? ServeVariables.Find("device"),
                EffectNews = form == LogForm.Text ? new EffectLines() : null,
            };
            var source = new SettingsSource(parsed, Settings);
            string from = folder is not null ? presets.Name
                : options.PresetFolder is null ? "default" : ServeVariables.NameOf("presets");
            return await Guard(() => parsed.GetValue(list)
                ? Task.FromResult(List(options, source, from, parsed.GetValue(json)))
                : RunAsync(options, source, logs, parsed.GetValue(studio), parsed.GetValue(browser)));
        });
        return root;
    }

    private static (LogForm Form, string? Wrong) FormOf(string? option)
    {
        if ((option ?? ServeVariables.Find("log")) is not { } written)
            return (ServeLog.Usual, null);
        string place = option is null ? ServeVariables.NameOf("log") : "--log";
        return char.IsLetter(written.FirstOrDefault()) && Enum.TryParse(written, ignoreCase: true, out LogForm form)
            ? (form, null) : (ServeLog.Usual, $"{place} is \"{written}\". Write text, json or journald.");
    }

    private static async Task<int> Guard(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            ServeLog.Error($"{e.Message} At the command line these are --presets FOLDER and --plugins FOLDER.");
            return WrongUsage;
        }
        catch (IOException e)
        {
            ServeLog.Error(e.Message);
            return Failed;
        }
    }

    private static async Task<int> RunAsync(
        FxHostOptions options, SettingsSource source, ILoggerFactory logs, bool studio, bool browse)
    {
        FxHost.SurvivePluginThreads();
        HostSettingsReading reading = HostSettingsReader.ReadFolder(options.FindPresetFolder());
        if (Read(source, reading.Diagnostics, reading.Settings.Serve) is not { } settings)
            return WrongUsage;
        await using SharedLevels? levels = settings.Nats is { } nats ? new SharedLevels(nats) : null;
        // A terminal has room for what concerns whoever sits there; the other forms are for those who look later.
        await using FxHost host = FxHost.Create(options with { SpeakerLevels = levels?.Levels },
            ServeLog.Form == LogForm.Text ? null : logs.CreateLogger<FxHost>());
        var live = new LiveSettings(settings, options.Device);
        return await ServerProgram.RunAsync(host, live, source, logs, studio, browse) ? Done : WrongUsage;
    }

    private static int List(FxHostOptions options, SettingsSource source, string from, bool json)
    {
        string folder = options.FindPresetFolder();
        HostSettingsReading reading = HostSettingsReader.ReadFolder(folder);
        if (Read(source, reading.Diagnostics, reading.Settings.Serve) is not { } settings)
            return WrongUsage;
        if (json)
            SettingsTable.WriteJson(Console.Out, (folder, from), settings);
        else
            SettingsTable.Write(Console.Out, (folder, from), settings);
        return Done;
    }

    private static ServeSettings? Read(
        SettingsSource source, IReadOnlyList<PresetDiagnostic> ofFile, ServeSettings file)
    {
        foreach (PresetDiagnostic diagnostic in ofFile)
            ServeLog.Warning(ServeLog.Format(diagnostic));
        foreach (string variable in ServeVariables.Unknown())
            ServeLog.Warning($"{variable} in the environment is no setting. r3x serve --settings lists all there are.");
        ServeSettings settings = source.Read(file, out IReadOnlyList<string> wrong);
        foreach (string mistake in wrong)
            ServeLog.Error(mistake);
        return wrong.Count == 0 ? settings : null;
    }

    /// <summary>Says on standard error what became of plugins while the server runs.</summary>
    private sealed class EffectLines : IProgress<EffectChange>
    {
        public void Report(EffectChange value)
        {
            if (value.Refused is null)
                ServeLog.Information(value.ToString());
            else
                ServeLog.Warning(value.ToString());
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
