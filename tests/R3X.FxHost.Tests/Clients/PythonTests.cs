using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Clients;

/// <summary>The Python client's own tests, run by Python as its authors run them, against the command that was
/// built.</summary>
public sealed partial class PythonTests
{
    // Only one that hangs is ended.
    private static readonly TimeSpan HangLimit = TimeSpan.FromMinutes(5);

    private static readonly string Client = Repository.PathOf("clients", "python");

    public static TheoryData<string> Files => new(
        Directory.GetFiles(Path.Combine(Client, "tests"), "test_*.py").Select(Path.GetFileNameWithoutExtension)!);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Pythons_own_tests_pass(string file)
    {
        // The system's Python has the system's numpy; another one that comes first on the PATH may not.
        string python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        var start = new ProcessStartInfo(python, ["-m", "unittest", "-v", file])
        {
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(Client, "tests"),
        };
        start.Environment["PYTHONPATH"] = Path.Combine(Client, "src");
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["R3X_COMMAND"] = Repository.PathOf("artifacts", "r3x", "r3x");
        start.Environment["R3X_HOME"] = Repository.Root;
        start.Environment.Remove("R3X_TOKEN");
        using Process process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(HangLimit);
        var text = new StringBuilder();
        // What it started may outlive it and hold its standard error open.
        Task reading = ReadAsync(process.StandardError, text, limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(2), limit.Token));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{file}.py did not end within {HangLimit}. It said:\n{Said(text)}");
        }

        string said = Said(text);

        Assert.True(process.ExitCode == 0, said);
        // "Ran 12 tests in 3.4s", "OK": nothing skipped, and nothing overlooked.
        Assert.Matches(Summary(), said);
        int written = File.ReadLines(Path.Combine(Client, "tests", file + ".py"))
            .Count(static line => line.Contains("def test_", StringComparison.Ordinal));
        Assert.Equal($"{written}", Summary().Match(said).Groups["ran"].Value);
    }

    private static async Task ReadAsync(StreamReader source, StringBuilder text, CancellationToken cancellation)
    {
        char[] part = new char[4_096];
        int read;
        while ((read = await source.ReadAsync(part.AsMemory(), cancellation)) > 0)
        {
            lock (text)
                text.Append(part, 0, read);
        }
    }

    private static string Said(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    [GeneratedRegex(@"^Ran (?<ran>\d+) tests? in .*\n\nOK$", RegexOptions.Multiline)]
    private static partial Regex Summary();
}
