using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Comparing;

namespace R3X.FxHost.Cli.PresetFiles;

/// <summary><c>r3x presets diff</c>: in what two presets differ, in words.</summary>
internal static class DiffVerb
{
    public static Command Create(Option<bool> json, HostOptions host)
    {
        var verb = new Verb("diff", "Says in what two presets differ, whoever of their parents wrote it.",
            "r3x presets diff neutral excited", "r3x presets diff excited ./my-excited.yaml",
            "r3x presets diff neutral excited --json");
        var first = PresetArgument.Create("A", "A preset's id, or the path of its file.");
        var second = PresetArgument.Create("B", "The other one.");
        verb.Arguments.Add(first);
        verb.Arguments.Add(second);
        verb.Does(parsed =>
        {
            using FxHost fx = host.Open(parsed);
            (string one, string other) = (parsed.GetRequiredValue(first), parsed.GetRequiredValue(second));
            Preset a = fx.Get(one);
            Preset b = fx.Get(other);
            bool areNamesakes = a.Id == b.Id;
            IReadOnlyList<PresetDifference> differences = PresetComparison.Between(
                a, b, areNamesakes ? one : a.Id, areNamesakes ? other : b.Id);
            if (parsed.GetValue(json))
                Json.Write(differences.ToArray());
            else
                Print(differences, areNamesakes ? one : a.Id, areNamesakes ? other : b.Id);
            return ExitCode.Done;
        });
        return verb;
    }

    // Every preset has a name and a description of its own; that they differ goes without saying.
    private static void Print(IReadOnlyList<PresetDifference> differences, string first, string second)
    {
        PresetDifference[] told = [.. differences.Where(d => !d.IsSilent && d.Key is not ("name" or "about"))];
        foreach (PresetDifference difference in told)
            Console.Out.WriteLine(difference.Sentence);
        if (!Array.Exists(told, d => d.Step is not null || PresetKeys.IsHeard(d.Key!)))
            Console.Out.WriteLine($"{first} and {second} do not differ in sound.");
    }
}
