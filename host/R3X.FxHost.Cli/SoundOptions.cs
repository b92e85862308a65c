using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using R3X.FxHost.Cli.Projects;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Cli;

/// <summary>The options of every verb that makes sound: which preset, what changes, what the input is.</summary>
internal sealed class SoundOptions
{
    private readonly Option<string?> _preset = new("--preset", "-p")
    {
        Description = "The preset: its id, or the path of a preset file. Without it, the presets choose by mood, cue, "
            + "text and speaker; else the default of host.yaml.",
        HelpName = "ID or FILE",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Change one setting for this run, or switch a step off or on: comb.mix=40%, exciter=bypass, "
            + "comb=on. May be repeated.",
        HelpName = "STEP.SETTING=VALUE",
    };

    private readonly Option<string?> _amount = new("--amount")
    {
        Description = "How much of all effects together is heard: 0% is the line as it came, 100% the preset as it is; "
            + "or a movement, such as \"wobble 40% to 100% at 0.3 Hz\". Without it, the preset's amount holds, "
            + "else that of host.yaml.",
        HelpName = "PERCENT",
    };

    private readonly Option<bool> _dry = new("--dry") { Description = "No effects." };

    private readonly Option<string?> _inputFormat = new("--input-format")
    {
        Description = "The format of input without a header, such as pcm_24000, ulaw_8000 or alaw_8000.",
        HelpName = "FORMAT",
    };

    private readonly Option<ulong?> _seed = new("--seed")
    {
        Description = "What everything random follows from; the same seed gives the same samples. Without it, files "
            + "get 0 and lines that are played a new one each.",
        HelpName = "NUMBER",
        CustomParser = Wording.WholeNumber,
    };

    private readonly Option<string?> _level = new("--level")
    {
        Description = "off leaves lines as loud as they arrive and as the effects make them. Without it, the "
            + "reference-loudness of host.yaml and the preset's match-loudness hold.",
        HelpName = "on|off",
    };

    private readonly Option<StartingGains?> _gains = new("--starting-gains")
    {
        Description = "Repeat a line exactly: the gains that --report printed, such as +3.25,-1.4; with --seed.",
        HelpName = "GAINS",
        CustomParser = Wording.Gains,
    };

    private readonly TraitOptions? _traits;

    /// <param name="verb">The verb.</param>
    /// <param name="withPreset">Whether one preset is chosen for it.</param>
    /// <param name="withInput">Whether it reads lines that may lack a header, and repeats one.</param>
    /// <param name="several">Whether it takes several presets.</param>
    public SoundOptions(Command verb, bool withPreset = true, bool withInput = true, bool several = false)
    {
        if (several)
        {
            _preset.Description += " Several with commas: each line is written once for each, into OUT/PRESET.";
            _preset.HelpName = "ID or FILE[,...]";
        }

        _preset.CompletionSources.Add(_ => Suggestions.PresetIds());
        _set.CompletionSources.Add(context => Suggestions.Changes(context.ParseResult.GetValue(_preset)));
        if (withPreset)
        {
            verb.Options.Add(_preset);
            verb.Options.Add(_set);
            verb.Options.Add(_dry);
            if (withInput)
                verb.Options.Add(_gains);
            _traits = new TraitOptions(verb);
        }

        _amount.CompletionSources.Add("0%", "25%", "50%", "75%", "100%");
        verb.Options.Add(_amount);
        _level.Choices("on", "off");
        verb.Options.Add(_level);
        if (withInput)
            verb.Options.Add(_inputFormat);
        verb.Options.Add(_seed);
        With = new WithOption(verb);
        Host = new HostOptions(verb, With, takesList: several);
    }

    public HostOptions Host { get; }

    public WithOption With { get; }

    /// <summary>The selection the options stand for. The command line refuses what the library would fall back
    /// from.</summary>
    /// <exception cref="UsageException">An unknown or broken preset, or a setting that cannot be.</exception>
    public SpeechSelection Selection(ParseResult parsed, FxHost host) =>
        Selection(parsed, host, parsed.GetValue(_preset));

    /// <summary>The presets that are named, each once; none where the presets choose.</summary>
    /// <exception cref="UsageException">A list lacks a name, or both options name presets.</exception>
    public string[] Presets(ParseResult parsed)
    {
        string? one = parsed.GetValue(_preset);
        string? list = Host.List(parsed);
        if (one is not null && list is not null)
            throw new UsageException($"Both --preset {one} and --presets {list} name presets. Put all into one list.");
        if ((list ?? one) is not { } said)
            return [];
        string[] names = File.Exists(said) ? [said] : said.Split(',', StringSplitOptions.TrimEntries);
        return Array.Exists(names, name => name.Length == 0)
            ? throw new UsageException($"\"{said}\": a preset is missing between the commas.")
            : [.. names.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The format that lines without a header have; null where nothing is said.</summary>
    public string? InputFormat(ParseResult parsed) => parsed.GetValue(_inputFormat);

    /// <summary>The selection the options stand for, with one of several presets.</summary>
    /// <inheritdoc cref="Selection(ParseResult, FxHost)"/>
    public SpeechSelection Selection(ParseResult parsed, FxHost host, string? preset)
    {
        var selection = new SpeechSelection
        {
            Preset = preset,
            IsDry = parsed.GetValue(_dry),
            Seed = parsed.GetValue(_seed),
            KeepsLevel = KeepsLevel(parsed),
            StartingGains = parsed.GetValue(_gains),
            Overrides = [.. With.Additions(parsed, host), .. parsed.GetValue(_set) ?? []],
            Amount = parsed.GetValue(_amount),
        };
        selection = _traits?.Of(parsed, selection) ?? selection;
        bool asksForEffects = selection.Preset is not null || selection.Overrides.Count > 0
            || selection.Amount is not null;
        if (selection.IsDry && asksForEffects)
        {
            throw new UsageException(
                "--dry leaves every effect out; it does not go with --preset, --set, --with or --amount. "
                + "Leave one of them out.");
        }

        if (selection.KeepsLevel && selection.StartingGains is not null)
            throw new UsageException(
                "--level off leaves levels alone; it does not go with --starting-gains. Leave one of them out.");
        Refuse(host, selection);
        With.Tell(parsed, host, selection);
        return selection;
    }

    /// <summary>Refuses what the library would fall back from.</summary>
    /// <exception cref="UsageException">An unknown or broken preset, or a setting that cannot be.</exception>
    public static void Refuse(FxHost host, SpeechSelection selection)
    {
        IReadOnlyList<PresetDiagnostic> diagnostics = host.Check(selection);
        string[] errors =
        [
            .. diagnostics.Where(mistake => mistake.Severity == DiagnosticSeverity.Error)
                .Select(CommandWords.Of).Select(DiagnosticText.Format),
        ];
        if (errors.Length > 0)
            throw new UsageException(string.Join("\n\n", errors));
    }

    /// <summary>How much of every chain is to be heard; null where nothing is said.</summary>
    /// <exception cref="UsageException">An amount that cannot be.</exception>
    public string? Amount(ParseResult parsed)
    {
        string? amount = parsed.GetValue(_amount);
        if (amount is not null
            && PresetOverrides.Amount(amount, out IReadOnlyList<PresetDiagnostic> diagnostics) is null)
            throw new UsageException(DiagnosticText.Format(diagnostics.Select(CommandWords.Of)));
        return amount;
    }

    /// <summary>Whether levels are to be left alone.</summary>
    public bool KeepsLevel(ParseResult parsed) => parsed.GetValue(_level) == "off";

    /// <summary>The audio an argument stands for; <c>-</c> is standard input.</summary>
    public SpeechAudio Audio(ParseResult parsed, string input)
    {
        string? format = parsed.GetValue(_inputFormat);
        if (input == "-")
            return SpeechAudio.FromChunks(StandardInput.ReadAsync(), format).Named("standard input");
        if (Directory.Exists(input))
            throw new UsageException($"\"{input}\" is a folder. Name a file in it.");
        return SpeechAudio.FromFile(input, format);
    }
}
