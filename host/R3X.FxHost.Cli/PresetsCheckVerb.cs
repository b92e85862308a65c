using System.CommandLine;
using R3X.FxHost.Cli.Checking;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x presets check</c>: everything that is wrong with presets, for people, editors and CI.</summary>
internal static class PresetsCheckVerb
{
    public static Verb Create(Option<bool> json, HostOptions host)
    {
        var verb = new Verb(
            "check",
            "Says everything that is wrong with presets. Exit code 0 when all can be used (perhaps with warnings), 2 "
                + "when there are mistakes, 1 when a file cannot be read.",
            "r3x presets check                        # every preset, and host.yaml",
            "r3x presets check excited mine.yaml      # some, by id or path; or a folder",
            "r3x presets check --json                 # for programs",
            "r3x presets check --sarif > r3x.sarif    # for code hosts and editors");
        var files = new Argument<string[]>("FILES") { Description =
            "Files, ids or folders. Without them, every preset and host.yaml.", Arity = ArgumentArity.ZeroOrMore };
        var sarif = new Option<bool>("--sarif") { Description = "Print SARIF 2.1.0." };
        files.NoOptions();
        files.CompletionSources.Add(_ => Suggestions.PresetIds());
        verb.Arguments.Add(files);
        verb.Options.Add(sarif);
        verb.Does(parsed =>
        {
            if (parsed.GetValue(json) && parsed.GetValue(sarif))
                throw new UsageException("--json and --sarif do not go together. Leave one of them out.");
            using FxHost fx = host.Open(parsed, saysSettings: false);
            var report = new CheckReport(CheckedFile.All(fx, parsed.GetValue(files) ?? []));
            if (parsed.GetValue(sarif))
                Json.Write(SarifLog.Of(report, Version));
            else if (parsed.GetValue(json))
                Json.Write(report.ToListing());
            else
                report.Print();
            return report.ExitCode;
        });
        return verb;
    }

    private static string Version => typeof(PresetsCheckVerb).Assembly.GetName().Version!.ToString(3);
}
