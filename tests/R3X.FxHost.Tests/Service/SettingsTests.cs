using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using R3X.FxHost.Tests.Hosting;
using Xunit;

namespace R3X.FxHost.Tests.Service;

/// <summary>Where the server's settings come from: options before variables before host.yaml.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly string _presets = TestHost.PresetFolder(("neutral", "preset: 1\nchain:\n  - gain\n"));

    public void Dispose() => Directory.Delete(_presets, recursive: true);

    [Fact]
    public async Task An_option_comes_before_a_variable_and_that_before_the_file_and_the_list_says_so()
    {
        await File.WriteAllTextAsync(Path.Combine(_presets, "host.yaml"),
            "host: 1\nserve:\n  port: 1\n  wyoming-port: 2\n  openai: http://127.0.0.1:3\n  token: file-secret\n"
            + "  voices: { alloy: neutral }\n", TestContext.Current.CancellationToken);
        R3xRun run = await ListAsync(
            new() { ["R3X_SERVE_PORT"] = "10", ["R3X_SERVE_WYOMING_PORT"] = "20", ["R3X_TOKEN"] = "hidden-secret",
                ["R3X_SERVE_VOICES"] = "nova=dry, echo=neutral@70%", ["R3X_SERVE_PRESETS"] = _presets },
            "--port", "100", "--json");
        JsonNode all = JsonNode.Parse(run.Ended(0).Text)!;

        Assert.Equal(("100", "--port"), Of("port"));
        Assert.Equal(("20", "R3X_SERVE_WYOMING_PORT"), Of("wyoming-port"));
        Assert.Equal(("http://127.0.0.1:3", "host.yaml"), Of("openai"));
        Assert.Equal(("127.0.0.1", "default"), Of("address"));
        Assert.Equal(("set, not shown", "R3X_TOKEN"), Of("token"));
        Assert.Equal(("alloy=neutral, nova=dry, echo=neutral@70%", "host.yaml, R3X_SERVE_VOICES"), Of("voices"));
        Assert.Equal((_presets, "R3X_SERVE_PRESETS"), Of("presets"));
        Assert.DoesNotContain("secret", run.Text, StringComparison.Ordinal);

        (string?, string?) Of(string key) => ((string?)all[key]!["value"], (string?)all[key]!["from"]);
    }

    [Fact]
    public async Task A_credential_of_systemd_is_the_token_unless_it_is_blank()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_presets, "r3x-token"), " ", TestContext.Current.CancellationToken);
        Dictionary<string, string> environment = new()
        {
            ["CREDENTIALS_DIRECTORY"] = _presets, ["R3X_SERVE_PRESETS"] = _presets,
        };
        R3xRun blank = await ListAsync(environment);
        await File.WriteAllTextAsync(
            Path.Combine(_presets, "r3x-token"), "hidden\n", TestContext.Current.CancellationToken);
        R3xRun given = await ListAsync(environment);

        Assert.Contains("none", LineOf(blank), StringComparison.Ordinal);
        Assert.Contains("credential r3x-token", LineOf(given), StringComparison.Ordinal);

        static string LineOf(R3xRun run) => Array.Find(
            run.Ended(0).Text.Split('\n'), static line => line.StartsWith("token", StringComparison.Ordinal))!;
    }

    [Theory]
    [InlineData("R3X_SERVE_PORT", "tcp://10.0.0.1:7373", 2, "R3X_SERVE_PORT", "whole number")]
    [InlineData("R3X_SERVE_PROT", "1", 0, "R3X_SERVE_PROT", "no setting")]
    [InlineData("R3X_SERVE_LOG", "xml", 2, "R3X_SERVE_LOG", "text, json or journald")]
    [InlineData("R3X_TOKEN_FILE", "/nonexistent/token", 2, "R3X_TOKEN_FILE", "/nonexistent/token cannot be read")]
    [InlineData("OPENAI_API_KEY_FILE", "/nonexistent/key", 2, "OPENAI_API_KEY_FILE", "cannot be read")]
    public async Task A_variable_that_cannot_be_is_named_with_what_to_do(
        string variable, string value, int exitCode, params string[] said)
    {
        R3xRun run = await ListAsync(new() { [variable] = value }, "--presets", _presets);

        run.Ended(exitCode, said);
    }

    private static async Task<R3xRun> ListAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = R3xProcess.Command(null, R3xProcess.Program, ["serve", "--settings", .. arguments]);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using R3xProcess process = R3xProcess.Start(start);
        process.Input.Close();
        return await process.EndAsync();
    }
}
