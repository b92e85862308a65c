using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>What editors and code hosts are told by <c>presets check</c>.</summary>
public sealed class CheckFormatsTests : IClassFixture<SpokenLines>
{
    private readonly SpokenLines _lines;

    public CheckFormatsTests(SpokenLines lines)
    {
        _lines = lines;
        lines.Put("my presets/host.yaml", "host: 1\ndefault: plain\n");
        lines.Put("my presets/plain.yaml", "preset: 1\nchain:\n  - limiter\n  - eq\n");
        lines.Put("my presets/wröng.yaml", "preset: 1\nchain:\n  - comb: { mix: 35 dB }\n  - limiter\n");
    }

    [Fact]
    public async Task Json_has_every_problem_with_its_place_rule_message_and_fix()
    {
        R3xRun run = await R3xProcess.RunAsync(_lines.Folder, "presets", "check", "--json", "my presets");
        Assert.Equal((2, ""), (run.ExitCode, run.Errors));
        using JsonDocument parsed = JsonDocument.Parse(run.Output);
        JsonElement root = parsed.RootElement;
        Assert.Equal(["my presets/host.yaml", "my presets/plain.yaml", "my presets/wröng.yaml"],
            root.GetProperty("files").EnumerateArray().Select(file => file.GetString()));
        Assert.Equal((1, 1), (root.GetProperty("mistakes").GetInt32(), root.GetProperty("warnings").GetInt32()));
        JsonElement wrong = root.GetProperty("problems")[1];
        Assert.Equal(("my presets/wröng.yaml", 3, 18, 23), (
            wrong.GetProperty("file").GetString(), wrong.GetProperty("line").GetInt32(),
            wrong.GetProperty("column").GetInt32(), wrong.GetProperty("endColumn").GetInt32()));
        Assert.Equal(("error", "value", "Write \"35%\"."), (wrong.GetProperty("severity").GetString(),
            wrong.GetProperty("rule").GetString(), wrong.GetProperty("fix").GetString()));
    }

    [Fact]
    public async Task Sarif_is_a_valid_2_1_0_log()
    {
        R3xRun run = await R3xProcess.RunAsync(_lines.Folder, "presets", "check", "--sarif", "my presets", "gone.yaml");
        Assert.Equal((2, ""), (run.ExitCode, run.Errors));
        using JsonDocument parsed = JsonDocument.Parse(run.Output);
        Assert.Equal("2.1.0", parsed.RootElement.GetProperty("version").GetString());
        Assert.EndsWith(
            "sarif-2.1.0.json", parsed.RootElement.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        JsonElement sarif = Assert.Single(parsed.RootElement.GetProperty("runs").EnumerateArray());
        JsonElement driver = sarif.GetProperty("tool").GetProperty("driver");
        Assert.Equal("r3x", driver.GetProperty("name").GetString());
        JsonElement[] rules = [.. driver.GetProperty("rules").EnumerateArray()];
        Assert.Equal(rules.Length, rules.Select(rule => rule.GetProperty("id").GetString()).Distinct().Count());
        Assert.All(rules, rule =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", rule.GetProperty("id").GetString());
            Assert.NotEmpty(rule.GetProperty("shortDescription").GetProperty("text").GetString()!);
            Assert.Contains(rule.GetProperty("defaultConfiguration").GetProperty("level").GetString(),
                (string[])["error", "warning"]);
        });
        Assert.Equal("utf16CodeUnits", sarif.GetProperty("columnKind").GetString());
        JsonElement[] results = [.. sarif.GetProperty("results").EnumerateArray()];
        Assert.Equal(
            ["limiter-not-last", "value", "file"], results.Select(result => result.GetProperty("ruleId").GetString()));
        Assert.Equal(["warning", "error", "error"], results.Select(result => result.GetProperty("level").GetString()));
        Assert.Equal(["my%20presets/plain.yaml", "my%20presets/wr%C3%B6ng.yaml", "gone.yaml"],
            results.Select(result => Place(result).GetProperty("artifactLocation").GetProperty("uri").GetString()));
        Assert.All(results, result =>
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(),
                rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            JsonElement region = Place(result).GetProperty("region");
            Assert.True(region.GetProperty("startLine").GetInt32() >= 1);
            Assert.True(region.GetProperty("startColumn").GetInt32() >= 1);
            Assert.True(region.GetProperty("endColumn").GetInt32() >= region.GetProperty("startColumn").GetInt32());
        });
        JsonElement value = Place(results[1]).GetProperty("region");
        Assert.Equal((3, 18, 23), (value.GetProperty("startLine").GetInt32(),
            value.GetProperty("startColumn").GetInt32(), value.GetProperty("endColumn").GetInt32()));
        Assert.Equal("  - comb: { mix: 35 dB }", value.GetProperty("snippet").GetProperty("text").GetString());
        // A text that is null where SARIF has a string is refused by its readers.
        Assert.DoesNotContain("null", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_problems_a_log_has_an_empty_list_of_results_and_all_rules()
    {
        R3xRun run = (await R3xProcess.RunAsync(_lines.Folder, "presets", "check", "--sarif", "neutral")).Ended(0);
        using JsonDocument parsed = JsonDocument.Parse(run.Output);
        JsonElement sarif = parsed.RootElement.GetProperty("runs")[0];
        Assert.Equal(0, sarif.GetProperty("results").GetArrayLength());
        Assert.NotEqual(0, sarif.GetProperty("tool").GetProperty("driver").GetProperty("rules").GetArrayLength());
    }

    private static JsonElement Place(JsonElement result) =>
        Assert.Single(result.GetProperty("locations").EnumerateArray()).GetProperty("physicalLocation");
}
