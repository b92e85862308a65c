using System;
using System.CommandLine;
using System.Linq;
using System.Threading;
using R3X.FxHost.Cli.Terminals;
using R3X.FxHost.Conformance;

namespace R3X.FxHost.Cli.Checking;

/// <summary><c>r3x effects check</c>: whether effects keep what every effect promises, each check in a process of its
/// own.</summary>
internal static class EffectsCheckVerb
{
    private const int MostAtOnce = 4;

    public static Verb Create(Option<bool> json, HostOptions host)
    {
        var verb = new Verb(
            "check",
            "Checks whether effects keep what every effect promises, each check in a process of its own. Exit code 0 "
                + "when all do, 1 when a check failed, 2 when something is no effect.",
            "r3x effects check ./warble                       # a plugin's folder, its DLL, or a folder of plugins",
            "r3x effects check comb                           # an effect that is installed",
            "r3x effects check ./warble --pictures pictures   # with a picture of every block that failed",
            "r3x effects check ./warble --only tail-ends-where-declared --seed 7",
            "r3x effects check --list                         # what is promised");
        var paths = new Argument<string[]>("PATH")
        {
            Description = "A plugin's folder or DLL, a folder of plugins, or the id of an installed effect.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        paths.NoOptions();
        paths.CompletionSources.Add(_ => Suggestions.EffectIds());
        var only = new Option<string[]>("--only")
        {
            Description = "A check, by name; the others are left out. May be repeated.", HelpName = "CHECK",
        };
        only.CompletionSources.Add(_ => EffectConformance.Checks.Select(
            check => new System.CommandLine.Completions.CompletionItem(check.Name)));
        var seed = new Option<int>("--seed")
        {
            Description = "What settings are drawn from at random: the same gives the same.", HelpName = "NUMBER",
            DefaultValueFactory = _ => 1,
        };
        var limit = new Option<int>("--time-limit")
        {
            Description = "How long a check may take.", HelpName = "SECONDS", DefaultValueFactory = _ => 60,
        };
        var pictures = new Option<string?>("--pictures")
        {
            Description = "The folder for a picture of every block that failed.", HelpName = "FOLDER",
        };
        var list = new Option<bool>("--list") { Description = "Print every check and what it is about." };
        // What this verb starts for a check: it runs here, and its result is written as JSON.
        var here = new Option<bool>("--here") { Hidden = true };
        verb.Arguments.Add(paths);
        foreach (Option option in new Option[] { only, seed, limit, pictures, list, here })
            verb.Options.Add(option);
        verb.Does((parsed, cancellation) =>
        {
            string[] named = parsed.GetValue(paths) ?? [];
            string[] checks = Checks(parsed.GetValue(only) ?? []);
            if (parsed.GetValue(list))
                return List();
            if (named.Length == 0)
                throw new UsageException("Which effect? Name a plugin's folder or DLL, or the id of an effect.");
            if (parsed.GetValue(here))
                return CheckProcess.RunHere(named[0], checks[0], parsed.GetValue(seed));
            if (parsed.GetValue(limit) < 1)
                throw new UsageException("--time-limit is a number of seconds, 1 or more.");
            EffectsToCheck found = EffectsToCheck.Find(named, () => host.Open(parsed, saysSettings: false));
            CheckedEffect[] effects = Run(found, checks, parsed.GetValue(seed),
                TimeSpan.FromSeconds(parsed.GetValue(limit)), cancellation);
            var report = new EffectReport(effects, found.Refused);
            if (parsed.GetValue(pictures) is { } folder)
                report.Draw(folder);
            if (parsed.GetValue(json))
                Json.Write(report.ToRows());
            else
                report.Print();
            return report.ExitCode;
        });
        return verb;
    }

    private static CheckedEffect[] Run(
        EffectsToCheck found, string[] checks, int seed, TimeSpan limit, CancellationToken cancellation)
    {
        using var progress = new ProgressBar();
        int done = 0;
        int all = found.Effects.Count * checks.Length;
        (int Effect, ConformanceResult Result)[] results =
        [
            .. found.Effects.SelectMany((effect, i) => checks.Select(check => (Effect: i, effect.File, Check: check)))
                .AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Min(MostAtOnce, Environment.ProcessorCount))
                .WithMergeOptions(ParallelMergeOptions.NotBuffered).WithCancellation(cancellation).Select(work =>
                {
                    progress.Show((double)done / all, $"{found.Effects[work.Effect].Id}: {work.Check}");
                    ConformanceResult result = CheckProcess.Run(work.File, work.Check, seed, limit, cancellation);
                    progress.Show((double)Interlocked.Increment(ref done) / all, found.Effects[work.Effect].Id);
                    return (work.Effect, result);
                }),
        ];
        return [.. found.Effects.Select((effect, i) => new CheckedEffect(
            effect, [.. results.Where(result => result.Effect == i).Select(result => result.Result)]))];
    }

    private static string[] Checks(string[] only)
    {
        string[] all = [.. EffectConformance.Checks.Select(check => check.Name)];
        if (only.FirstOrDefault(name => !all.Contains(name)) is { } unknown)
        {
            string? nearest = Diagnostics.NearestName.Find(unknown, all);
            string hint = nearest is null ? "" : $" Did you mean \"{nearest}\"?";
            throw new UsageException($"There is no check \"{unknown}\".{hint} There are: {string.Join(", ", all)}.");
        }

        return only.Length > 0 ? [.. all.Intersect(only)] : all;
    }

    private static int List()
    {
        var table = new Listing("check", "what is promised");
        foreach (ConformancePromise check in EffectConformance.Checks)
            table.Add(check.Name, check.Promise);
        table.Write();
        return ExitCode.Done;
    }
}
