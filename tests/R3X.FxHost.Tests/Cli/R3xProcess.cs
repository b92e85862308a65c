using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Cli;

/// <summary>What a run of the command left behind.</summary>
internal sealed record R3xRun(int ExitCode, byte[] Output, string Errors)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Output);

    /// <summary>Holds for every run, however wrong the input: no stack trace, the exit code, and messages that begin
    /// with the command's name.</summary>
    public R3xRun Ended(int exitCode, params string[] said)
    {
        Assert.DoesNotContain("   at ", Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", Errors, StringComparison.Ordinal);
        Assert.True(ExitCode == exitCode, $"Exit code {ExitCode} instead of {exitCode}:\n{Errors}");
        foreach (string words in said)
            Assert.Contains(words, Errors, StringComparison.Ordinal);
        if (exitCode == 0 && said.Length == 0)
            Assert.Equal("", Errors);
        return this;
    }
}

/// <summary>The built command, started as people start it: a process with pipes for its streams, in a folder of its
/// own.</summary>
internal sealed partial class R3xProcess : IDisposable
{
    private static readonly TimeSpan HangLimit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<byte[]>? _output;
    private readonly Task _errors;
    private readonly System.Text.StringBuilder _said = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private R3xProcess(ProcessStartInfo start, bool collectOutput)
    {
        _process = Process.Start(start)!;
        _errors = ReadErrorsAsync();
        _output = collectOutput ? ReadAllAsync(_process.StandardOutput.BaseStream) : null;
    }

    /// <summary>The program that <c>build.sh</c> made, as people get it.</summary>
    public static string Program { get; } = Repository.PathOf(
        "artifacts", "r3x", OperatingSystem.IsWindows() ? "r3x.exe" : "r3x");

    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>What it writes, for whoever reads it himself.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    public int Id => _process.Id;

    /// <summary>Waits until it has said something.</summary>
    /// <param name="words">The words.</param>
    /// <param name="cancellation">Gives it up.</param>
    public async Task SaysAsync(string words, CancellationToken cancellation)
    {
        while (true)
        {
            Task more;
            lock (_said)
            {
                if (_said.ToString().Contains(words, StringComparison.Ordinal))
                    return;
                more = _more.Task;
            }

            await more.WaitAsync(cancellation);
        }
    }

    /// <summary>Runs the command to its end.</summary>
    /// <param name="folder">The folder it is run in; null for one where nothing is written.</param>
    public static Task<R3xRun> RunAsync(string? folder, params string[] arguments) =>
        RunAsync(folder, input: null, 0, arguments);

    /// <summary>Runs the command to its end, its input from a pipe.</summary>
    /// <param name="input">The bytes; null for an empty input.</param>
    /// <param name="chunk">Bytes a write; 0 for all at once.</param>
    public static async Task<R3xRun> RunAsync(string? folder, byte[]? input, int chunk, params string[] arguments)
    {
        using R3xProcess process = Start(Command(folder, Program, arguments));
        await process.FeedAsync(input ?? [], chunk);
        return await process.EndAsync();
    }

    /// <summary>Runs a line of bash with <c>$R3X</c> standing for the command.</summary>
    public static async Task<R3xRun> ShellAsync(string? folder, string line)
    {
        using R3xProcess process = Start(Command(folder, "bash", ["-c", line]));
        process.Input.Close();
        return await process.EndAsync();
    }

    /// <summary>How the command is started; its environment may be changed.</summary>
    public static ProcessStartInfo Command(string? folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
        start.Environment["R3X_HOME"] = Repository.Root;
        start.Environment["R3X"] = Program;
        // As the script does.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        // No test here may sound from the loudspeaker of whoever runs it.
        start.Environment["PULSE_SERVER"] = "unix:/nonexistent/r3x-tests";
        start.Environment["ALSA_CONFIG_PATH"] = Repository.PathOf(
            "tests", "R3X.FxHost.Tests", "Cli", "no-loudspeaker.conf");
        start.Environment.Remove("R3X_DEBUG");
        return start;
    }

    /// <summary>Starts it.</summary>
    /// <param name="collectOutput">Whether the output is kept for the end, or left to <see cref="Output"/>.</param>
    public static R3xProcess Start(ProcessStartInfo start, bool collectOutput = true) => new(start, collectOutput);

    /// <summary>How the command is started when it is to get signals: a runner in the background of a script ignores
    /// SIGINT, and so would its children.</summary>
    public static ProcessStartInfo Interruptible(string? folder, params string[] arguments) => OperatingSystem.IsLinux()
        ? Command(folder, "env", ["--default-signal=INT", Program, .. arguments])
        : Command(folder, Program, arguments);

    /// <summary>Reads a line of what it writes, for whoever reads it himself; what there was when it ended.</summary>
    public string Line()
    {
        var line = new System.Text.StringBuilder();
        for (int read; (read = Output.ReadByte()) >= 0 && read != '\n';)
            line.Append((char)read);
        return line.ToString();
    }

    /// <summary>Sends it a signal.</summary>
    public void Signal(int signal) => Signal(Id, signal);

    /// <summary>Sends a process a signal.</summary>
    public static void Signal(int process, int signal) => Assert.Equal(0, Kill(process, signal));

    /// <summary>Writes the input, and closes it.</summary>
    public async Task FeedAsync(byte[] bytes, int chunk)
    {
        try
        {
            for (int at = 0; at < bytes.Length;)
            {
                int count = chunk == 0 ? bytes.Length : Math.Min(chunk, bytes.Length - at);
                await Input.WriteAsync(bytes.AsMemory(at, count));
                await Input.FlushAsync();
                at += count;
            }

            Input.Close();
        }
        catch (IOException)
        {
            // It had read enough to end; what it said of that is the test's affair.
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <param name="hang">When it is thought to hang; null for two minutes.</param>
    public async Task<R3xRun> EndAsync(TimeSpan? hang = null)
    {
        using var limit = new CancellationTokenSource(hang ?? HangLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            await _errors.WaitAsync(limit.Token);
            return new R3xRun(_process.ExitCode, _output is null ? [] : await _output.WaitAsync(limit.Token),
                _said.ToString());
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)} did not end within "
                + $"{HangLimit.TotalSeconds} s.");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task ReadErrorsAsync()
    {
        char[] some = new char[4_096];
        while (await _process.StandardError.ReadAsync(some) is var count && count > 0)
        {
            lock (_said)
            {
                _said.Append(some, 0, count);
                _more.SetResult();
                _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        // What ends without those words has said all it will.
        lock (_said)
        {
            _more.SetException(new EndOfStreamException(_said.ToString()));
            // Mostly nobody waits for more.
            _ = _more.Task.Exception;
        }
    }

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
