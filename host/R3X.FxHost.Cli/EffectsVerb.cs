using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using R3X.FxHost.Cli.Checking;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x effects</c>: what was found, what was refused and why; <c>show</c> gives one effect's
/// settings.</summary>
internal static class EffectsVerb
{
    public static Command Create()
    {
        var verb = new Verb(
            "effects",
            "Lists the effects that were found and the files that were refused, with the reason.",
            "r3x effects",
            "r3x effects --plugins ~/my-effects",
            "r3x effects show comb                 # an effect's settings",
            "r3x effects trust ./Warble            # let it run in the host's own process",
            "r3x effects check ~/my-effects/warble # whether an effect keeps its promises",
            "r3x effects --json",
            "r3x effects --markdown > docs/effects.md");
        var json = new Option<bool>("--json") { Description = "Print JSON.", Recursive = true };
        verb.Options.Add(json);
        var markdown = new Option<bool>("--markdown") { Description = "Print a page with every effect and setting." };
        verb.Options.Add(markdown);
        var host = new HostOptions(verb);
        verb.Does(parsed =>
        {
            using FxHost fx = host.Open(parsed);
            LoadedEffect[] effects = LoadAll(fx.Effects);
            if (parsed.GetValue(json))
                Json.Write(
                    new EffectListing([.. effects.Select(EffectRow.Of)], fx.Effects.Refused, fx.Effects.Folders));
            else if (parsed.GetValue(markdown))
                Console.Out.Write(EffectTable.Page(effects));
            else
                Print(effects, fx.Effects);
            return ExitCode.Done;
        });
        verb.Subcommands.Add(CreateShow(json, host));
        verb.Subcommands.Add(TrustVerb.CreateTrust(json));
        verb.Subcommands.Add(TrustVerb.CreateUntrust(json));
        verb.Subcommands.Add(EffectsCheckVerb.Create(json, host));
        return verb;
    }

    private static Verb CreateShow(Option<bool> json, HostOptions host)
    {
        var show = new Verb(
            "show", "Prints an effect's settings: range, default, what they do.", "r3x effects show comb");
        var id = new Argument<string>("ID") { Description = "The effect's id.", HelpName = "ID" };
        id.NoOptions();
        id.CompletionSources.Add(_ => Suggestions.EffectIds());
        show.Arguments.Add(id);
        show.Does(parsed =>
        {
            using FxHost fx = host.Open(parsed);
            LoadedEffect effect = Find(fx.Effects, parsed.GetRequiredValue(id));
            if (parsed.GetValue(json))
                Json.Write(EffectRow.Of(effect));
            else
                Print(effect);
            return ExitCode.Done;
        });
        return show;
    }

    private static LoadedEffect[] LoadAll(IEffectCatalogue catalogue)
    {
        var loaded = new List<LoadedEffect>();
        foreach (EffectDescription description in catalogue.Effects)
        {
            if (catalogue.TryLoad(description.Id, out LoadedEffect? effect, out _))
                loaded.Add(effect);
        }

        return [.. loaded];
    }

    private static LoadedEffect Find(IEffectCatalogue catalogue, string id)
    {
        if (catalogue.TryLoad(id, out LoadedEffect? effect, out RefusedPlugin? refused))
            return effect;
        if (refused is not null)
            throw new UsageException($"\"{id}\" was refused: {refused.File}: {refused.Reason} {refused.Fix}");
        string[] ids = [.. catalogue.Effects.Select(description => description.Id)];
        string hint = NearestName.Find(id, ids) is { } nearest ? $" Did you mean \"{nearest}\"?" : "";
        throw new UsageException($"There is no effect \"{id}\".{hint} There are: {string.Join(", ", ids)} (searched: "
            + $"{string.Join(", ", catalogue.Folders)}).");
    }

    private static void Print(LoadedEffect[] effects, IEffectCatalogue catalogue)
    {
        var table = new Listing("id", "name", "role", "version", "settings");
        foreach (LoadedEffect effect in effects)
        {
            EffectDescription d = effect.Description;
            table.Add(
                d.Id, d.Name, Listing.Word(d.Role), d.Version, string.Join(", ", effect.Parameters.Select(p => p.Id)));
        }

        table.Write();
        foreach (var alike in effects.Where(e => e.OwnProcess is not null).GroupBy(e => e.OwnProcess))
        {
            Console.Out.WriteLine($"In a process of its own: {string.Join(", ", alike.Select(e => e.Description.Id))}. "
                + $"Why: {alike.Key}.");
        }

        if (effects.Length == 0)
            Console.Out.WriteLine($"No effect was found. Searched: {string.Join(", ", catalogue.Folders)}.");
        foreach (RefusedPlugin refused in catalogue.Refused)
            Console.Out.WriteLine($"Refused: {refused.File}\n  {refused.Reason} {refused.Fix}");
    }

    private static void Print(LoadedEffect effect)
    {
        Console.Out.WriteLine($"{effect.Description.Name} ({effect.Description.Id} {effect.Description.Version}), "
            + $"{Listing.Word(effect.Description.Role)}: {effect.Description.File}");
        if (effect.Description.Help.Length > 0)
            Console.Out.WriteLine(effect.Description.Help);
        if (effect.OwnProcess is not null)
            Console.Out.WriteLine($"It runs in a process of its own: {effect.OwnProcess}.");
        var table = new Listing("setting", "from", "to", "default", "what it does");
        foreach (Parameter parameter in effect.Parameters)
        {
            (string from, string to, string standard, string help) = ParameterRow.Of(parameter);
            string fixedness = parameter.IsStructural ? " (Fixed while a line sounds.)" : "";
            table.Add(parameter.Id, from, to, standard, help + fixedness);
        }

        table.Write();
    }
}
