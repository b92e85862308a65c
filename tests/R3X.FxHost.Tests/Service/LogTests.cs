using System;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using R3X.FxHost.Tests.Server;
using Xunit;

namespace R3X.FxHost.Tests.Service;

/// <summary>The log for systemd's journal and for programs: one line an event.</summary>
public sealed partial class LogTests
{
    private const int Terminate = 15;
    private const string Token = "swordfish-4711";

    [Fact]
    public async Task In_the_journals_form_each_line_has_its_priority()
    {
        string[] lines = await FallenBackAsync("--log", "journald");

        Assert.All(lines, static line => Assert.Matches(Priority, line));
        Assert.Contains(lines, static line => line.StartsWith("<4>", StringComparison.Ordinal)
            && line.Contains("nobody", StringComparison.Ordinal));
    }

    [Fact]
    public async Task As_JSON_each_line_is_an_object()
    {
        string[] lines = await FallenBackAsync("--log", "json");

        JsonNode[] events = [.. lines.Select(static line => JsonNode.Parse(line)!)];
        Assert.All(events, static one => Assert.NotNull(one["Timestamp"]));
        Assert.Contains(events, static one => (string?)one["LogLevel"] == "Warning"
            && ((string?)one["Message"])!.Contains("nobody", StringComparison.Ordinal));
        Assert.Contains(events, static one => ((string?)one["Message"])!.StartsWith(
            "Listening on http://", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_the_journal_reads_it_it_has_the_journals_form_and_elsewhere_the_terminals()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The journal is Linux's.");
        // The second one inherits the variable, and its output goes elsewhere.
        const string Start = "exec \"$R3X\" serve --address 300.0.0.1";
        R3xRun read = await R3xProcess.ShellAsync(
            null, "export JOURNAL_STREAM=8:$(stat -L -c %i /proc/self/fd/2); " + Start);
        R3xRun elsewhere = await R3xProcess.ShellAsync(null, "export JOURNAL_STREAM=8:1; " + Start);

        Assert.StartsWith("<3>", read.Errors, StringComparison.Ordinal);
        Assert.StartsWith("r3x serve: ", elsewhere.Errors, StringComparison.Ordinal);
        Assert.Equal((2, 2), (read.ExitCode, elsewhere.ExitCode));
    }

    [GeneratedRegex(@"^<[2-6]>\S+\[\d+\] .")]
    private static partial Regex Priority { get; }

    // What a server writes that is asked for a preset that does not exist, by somebody who knows its token.
    private static async Task<string[]> FallenBackAsync(params string[] arguments)
    {
        int port = FreePort.Next();
        ProcessStartInfo start = R3xProcess.Command(null, "env", ["--default-signal=INT", R3xProcess.Program, "serve",
            "--port", $"{port}", "--wyoming-port", "off", "--device", "null", "--studio", .. arguments]);
        start.Environment["R3X_TOKEN"] = Token;
        using R3xProcess server = R3xProcess.Start(start);
        server.Input.Close();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        while (!await AnswersAsync(client))
            await Task.Delay(50, TestContext.Current.CancellationToken);
        await client.AskAsync("POST", "r3x/speak?preset=nobody&token=" + Token, Asking.Line[..16_000]);
        server.Signal(Terminate);
        R3xRun run = await server.EndAsync();
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain(Token, run.Errors + run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("key=", run.Errors + run.Text, StringComparison.Ordinal);
        return run.Errors.TrimEnd().Split('\n');
    }

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            await client.GetStringAsync("health", TestContext.Current.CancellationToken);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
