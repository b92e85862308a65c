using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Cli.Pictures;
using R3X.FxHost.Conformance;
using R3X.FxHost.Plugins;

namespace R3X.FxHost.Cli.Checking;

/// <summary>An effect and what came of its checks.</summary>
internal sealed record CheckedEffect(EffectDescription Effect, IReadOnlyList<ConformanceResult> Results)
{
    /// <summary>Where the picture of a check that failed is.</summary>
    public Dictionary<string, string> Pictures { get; } = new(StringComparer.Ordinal);

    /// <summary>The command that does one check again.</summary>
    public string Replay(ConformanceResult result)
    {
        string path = Path.GetRelativePath(".", Effect.File);
        path = path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
        return string.Create(null, $"r3x effects check {path} --only {result.Check} --seed {result.Seed}");
    }
}

/// <summary>What came of checking effects, for people and as an exit code.</summary>
internal sealed record EffectReport(IReadOnlyList<CheckedEffect> Effects, IReadOnlyList<RefusedPlugin> Refused)
{
    private int Checks => Effects.Sum(effect => effect.Results.Count);

    private int Failed => Effects.Sum(effect => effect.Results.Count(result => !result.HasPassed));

    /// <summary>0 when every promise is kept, 1 when one is broken, 2 when something was no effect.</summary>
    public int ExitCode => Failed > 0 ? Cli.ExitCode.Failed : Refused.Count > 0 ? Cli.ExitCode.WrongUsage
        : Cli.ExitCode.Done;

    /// <summary>Draws what failed and has a sound to show.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public void Draw(string folder)
    {
        foreach (CheckedEffect effect in Effects)
        {
            foreach (ConformanceResult result in effect.Results.Where(result => result.Block is not null))
            {
                Directory.CreateDirectory(folder);
                string file = Path.Combine(folder, $"{effect.Effect.Id}-{result.Check}.png");
                using FileStream stream = File.Create(file);
                FailedBlockPicture.Draw($"{effect.Effect.Id}: {result.Check}", result).Save(stream);
                effect.Pictures.Add(result.Check, file);
            }
        }
    }

    /// <summary>Prints it for people.</summary>
    public void Print()
    {
        foreach (CheckedEffect effect in Effects)
        {
            Console.Out.WriteLine($"{effect.Effect.Id} {effect.Effect.Version} ({effect.Effect.File})");
            foreach (ConformanceResult result in effect.Results)
                Print(effect, result);
            Console.Out.WriteLine();
        }

        foreach (RefusedPlugin refused in Refused)
            Console.Out.WriteLine($"No effect: {refused.File}\n  {refused.Reason} {refused.Fix}\n");
        Console.Out.WriteLine(string.Create(null, $"{Count(Checks, "check")} of {Count(Effects.Count, "effect")}: ")
            + (Failed == 0 ? "every promise is kept." : string.Create(null, $"{Failed} broken.")));
        if (Failed > 0 && Effects.All(effect => effect.Pictures.Count == 0)
            && Effects.Any(effect => effect.Results.Any(result => result.Block is not null)))
            Console.Out.WriteLine("For a picture of what failed, add --pictures FOLDER.");
    }

    /// <summary>The report as JSON.</summary>
    public CheckedEffectRow[] ToRows() =>
    [
        .. Effects.Select(effect => new CheckedEffectRow(
            effect.Effect.Id, effect.Effect.Version, effect.Effect.File, null,
            [.. effect.Results.Select(result => new CheckRow(
                result.Check, result.Promise, result.Seed, result.HasPassed, result.DoesNotApply, result.Measured,
                result.LikelyCause, result.Fix, result.HasPassed ? null : effect.Replay(result),
                effect.Pictures.GetValueOrDefault(result.Check), result.Block))])),
        .. Refused.Select(refused => new CheckedEffectRow(
            null, null, refused.File, $"{refused.Reason} {refused.Fix}", [])),
    ];

    private static void Print(CheckedEffect effect, ConformanceResult result)
    {
        string verdict = !result.HasPassed ? "BROKEN" : result.DoesNotApply is null ? "kept" : "-";
        Console.Out.WriteLine($"  {verdict,-6}  {result.Check}"
            + (result.DoesNotApply is { } why ? $": does not apply. {why}" : ""));
        if (result.HasPassed)
            return;
        Part("Promised", result.Promise);
        Part("Measured", result.Measured!);
        Part("Likely", result.LikelyCause!);
        Part("Fix", result.Fix!);
        if (effect.Pictures.TryGetValue(result.Check, out string? picture))
            Part("Picture", picture);
        Part("Again", effect.Replay(result));
    }

    private static string Count(int number, string what) =>
        number == 1 ? $"1 {what}" : string.Create(null, $"{number} {what}s");

    private static void Part(string name, string text) => Console.Out.WriteLine($"          {name + ":",-10}{text}");
}

/// <summary>An effect and its checks in JSON. Refused: why it is none; id and version are left out then.</summary>
internal sealed record CheckedEffectRow(string? Id, string? Version, string File, string? Refused, CheckRow[] Checks);

/// <summary>A check in JSON. What is wrong, the command to do it again and the block that failed are null when it
/// passed; why it does not apply where it does. Samples that are no numbers are the words NaN, Infinity and
/// -Infinity.</summary>
internal sealed record CheckRow(
    string Check,
    string Promise,
    int Seed,
    bool Passed,
    string? DoesNotApply,
    string? Measured,
    string? LikelyCause,
    string? Fix,
    string? Replay,
    string? Picture,
    FailedBlock? Block);
