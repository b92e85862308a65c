using System;
using System.IO;
using System.Linq;
using System.Text.Json.Serialization;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Cli.Checking;

/// <summary>A report as SARIF 2.1.0 (OASIS, 2020), which code hosts and editors show beside the lines.</summary>
internal sealed record SarifLog([property: JsonPropertyName("$schema")] string Schema, string Version, SarifRun[] Runs)
{
    /// <summary>Writes a report in that form.</summary>
    public static SarifLog Of(CheckReport report, string programVersion)
    {
        SarifRule[] rules = [.. DiagnosticRule.All.Select(
            rule => new SarifRule(rule.Id, new SarifText(rule.About), new SarifConfiguration(LevelOf(rule.Severity))))];
        SarifResult[] results = [.. report.Files.SelectMany(file => file.Problems).Select(ResultOf)];
        var tool = new SarifTool(new SarifDriver("r3x", programVersion, rules));
        return new SarifLog(
            "https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", [new SarifRun(tool, "utf16CodeUnits", results)]);
    }

    private static SarifResult ResultOf(PresetDiagnostic problem)
    {
        // A region cannot do without a line; what is wrong with a file as a whole is shown at its beginning.
        SarifRegion region = problem.Line == 0
            ? new SarifRegion(1, 1, 1, null)
            : new SarifRegion(problem.Line, problem.Column, problem.Column + problem.Length,
                problem.SourceLine is { } line ? new SarifText(line) : null);
        var location = new SarifLocation(new SarifPhysicalLocation(new SarifArtifact(UriOf(problem.File)), region));
        int rule = DiagnosticRule.All.ToList().IndexOf(problem.Rule);
        return new SarifResult(problem.Rule.Id, rule, LevelOf(problem.Severity),
            new SarifText($"{problem.Message} {problem.Fix}"), [location]);
    }

    private static string LevelOf(DiagnosticSeverity severity) =>
        severity == DiagnosticSeverity.Error ? "error" : "warning";

    private static string UriOf(string path) => Path.IsPathRooted(path)
        ? new Uri(path).AbsoluteUri
        : string.Join('/', path.Split('/', Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
}

internal sealed record SarifRun(SarifTool Tool, string ColumnKind, SarifResult[] Results);

internal sealed record SarifTool(SarifDriver Driver);

internal sealed record SarifDriver(string Name, string Version, SarifRule[] Rules);

internal sealed record SarifRule(string Id, SarifText ShortDescription, SarifConfiguration DefaultConfiguration);

internal sealed record SarifConfiguration(string Level);

internal sealed record SarifText(string Text);

internal sealed record SarifResult(
    string RuleId, int RuleIndex, string Level, SarifText Message, SarifLocation[] Locations);

internal sealed record SarifLocation(SarifPhysicalLocation PhysicalLocation);

internal sealed record SarifPhysicalLocation(SarifArtifact ArtifactLocation, SarifRegion Region);

internal sealed record SarifArtifact(string Uri);

internal sealed record SarifRegion(int StartLine, int StartColumn, int EndColumn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SarifText? Snippet);
