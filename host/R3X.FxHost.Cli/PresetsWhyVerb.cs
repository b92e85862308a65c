using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x presets why</c>: which preset a line would get, and how every other fared.</summary>
internal static class PresetsWhyVerb
{
    public static Verb Create(Option<bool> json, HostOptions host)
    {
        var verb = new Verb(
            "why",
            "Says which preset a line would be spoken with, and why not with the others.",
            "r3x presets why --mood excited --cue greeting",
            "r3x presets why --mood sad --text \"[whispers] I found it.\"",
            "r3x presets why --mood excited --seed 7              # as the line with that seed draws its chances",
            "r3x presets why --cue greeting --json",
            "r3x presets why --voice line.mp3                     # dj-r3x or dj-r3x-clone for a voice: a dry line");
        var preset = new Option<string?>("--preset", "-p") { Description =
            "The preset the assistant asks for by name; that always wins.", HelpName = "ID or FILE" };
        var seed = new Option<ulong?>("--seed") { Description = "The line's seed, which chances are drawn from. "
            + "Without it 0, as for files.", HelpName = "NUMBER", CustomParser = Wording.WholeNumber };
        var voice = new Option<string?>("--voice")
        {
            Description = "A dry line of a voice: says which of dj-r3x and dj-r3x-clone brings it nearer to DJ R-3X.",
            HelpName = "LINE",
        };
        preset.CompletionSources.Add(_ => Suggestions.PresetIds());
        verb.Options.Add(preset);
        var traits = new TraitOptions(verb);
        verb.Options.Add(seed);
        verb.Options.Add(voice);
        verb.Does((parsed, cancellation) =>
        {
            using FxHost fx = host.Open(parsed);
            SpeechSelection selection = traits.Of(
                parsed, new SpeechSelection { Preset = parsed.GetValue(preset), Seed = parsed.GetValue(seed) ?? 0 });
            if (parsed.GetValue(voice) is { } line)
            {
                if (selection is not { Preset: null, Mood: null, Cue: null, Text: null, Speaker: null })
                {
                    throw new UsageException(
                        "--voice asks about a voice and not what one line is for; it does not go with --preset, "
                        + "--mood, --cue, --text or --speaker. Leave one of them out.");
                }

                VoiceAdvice advice = VoiceAdvice.Of(line, fx, cancellation);
                if (parsed.GetValue(json))
                    Json.Write(advice);
                else
                    advice.Print();
                return ExitCode.Done;
            }

            ChoiceExplanation why = fx.Explain(selection);
            PresetChoice choice = why.Choice;
            if (choice.Preset is null || choice.IsFallback)
                throw new UsageException(DiagnosticText.Format(choice.Diagnostics));
            IEnumerable<PresetDiagnostic> ofDefault = choice.Instead is null ? [] : choice.Diagnostics;
            foreach (PresetDiagnostic diagnostic in choice.PassedOver.Concat(ofDefault))
                Messages.Warning(DiagnosticText.Format(diagnostic));
            foreach (string unheard in choice.Unheard)
                Messages.Warning(unheard);
            string amount = AmountOf(choice.Preset, fx.Settings);
            if (parsed.GetValue(json))
                Json.Write(new ChoiceRow(choice.Preset.Id, choice.Reason, amount, [.. why.Candidates]));
            else
                Print(why, choice.Preset.Id, amount);
            return ExitCode.Done;
        });
        return verb;
    }

    // What a line gets that says no amount of its own.
    private static string AmountOf(Preset preset, HostSettings settings) =>
        ValueText.Format(ChainPlan.AmountParameter, preset.Amount ?? settings.Amount ?? preset.Plan.Amount);

    private static void Print(ChoiceExplanation why, string chosen, string amount)
    {
        string weaker = amount == "100%" ? "" : $"amount: {amount}\n";
        Console.Out.WriteLine($"{chosen}: {why.Choice.Reason}\n{weaker}");
        var table = new Listing("preset", "score", "priority", "why");
        foreach (PresetCandidate candidate in why.Candidates)
            table.Add(candidate.Id, candidate.Score?.ToString(CultureInfo.InvariantCulture) ?? "-",
                candidate.Priority.ToString(CultureInfo.InvariantCulture), candidate.Why);
        table.Write();
    }
}
