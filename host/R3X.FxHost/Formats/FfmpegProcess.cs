using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace R3X.FxHost.Formats;

/// <summary>
/// A running ffmpeg. One piece each way is under way meanwhile, so that neither side can block the other for good. One
/// thread may give, and the same or another take.
/// </summary>
internal sealed class FfmpegProcess : IDisposable
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>An ffmpeg that does nothing for as long as this does nothing any more.</summary>
    public static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly byte[] _given = new byte[PieceBytes];
    private readonly byte[] _written = new byte[PieceBytes];
    private Task _giving = Task.CompletedTask;
    private volatile Task<int> _reading;
    private int _taken;
    private bool _inputEnded;
    private volatile bool _inputRefused;
    private volatile string _lastError = "";

    /// <summary>Starts ffmpeg.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Arguments behind those that keep it quiet.</param>
    /// <exception cref="IOException">The program does not start.</exception>
    public FfmpegProcess(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (string argument in (string[])["-hide_banner", "-nostats", "-loglevel", "error", .. arguments])
            start.ArgumentList.Add(argument);
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => NoteError(line.Data);
        try
        {
            _process.Start();
        }
        catch (Win32Exception e)
        {
            _process.Dispose();
            throw new IOException($"ffmpeg at {program} does not start: {e.Message}. Install it anew.", e);
        }

        _process.BeginErrorReadLine();
        _reading = ReadAsync();
    }

    /// <summary>What to say where it stalls, a whole sentence.</summary>
    public static string Stalled { get; } = $"ffmpeg did nothing for {LongestStall.TotalSeconds:0} s.";

    /// <summary>Where ffmpeg comes from, by platform, as a sentence's end.</summary>
    public static string InstallLine { get; } =
        OperatingSystem.IsWindows() ? "winget install Gyan.FFmpeg"
        : OperatingSystem.IsMacOS() ? "brew install ffmpeg"
        : "sudo apt install ffmpeg (Fedora: sudo dnf install ffmpeg-free)";

    /// <summary>The last thing ffmpeg complained about, without its own decoration; empty when it did not.</summary>
    public string LastError => _lastError;

    /// <summary>Whether ffmpeg has ended and everything it wrote was taken.</summary>
    public bool IsDrained => _reading is { IsCompleted: true, Result: 0 };

    /// <summary>ffmpeg's exit code; 0 while it runs.</summary>
    public int ExitCode => IsDrained ? _process.ExitCode : 0;

    /// <summary>The program's path; null when it is not on the PATH, which is looked through each time: someone may
    /// just have installed it.</summary>
    public static string? Find()
    {
        string program = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        foreach (string folder in path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            string file = Path.Combine(folder.Trim('"'), program);
            if (Path.IsPathFullyQualified(file) && File.Exists(file))
                return file;
        }

        return null;
    }

    /// <summary>Gives ffmpeg bytes, as many as there is room for. What a dead ffmpeg will not read counts as
    /// given.</summary>
    public int Offer(ReadOnlySpan<byte> bytes)
    {
        if (_inputRefused || IsDrained)
            return bytes.Length;
        if (bytes.IsEmpty || !_giving.IsCompleted)
            return 0;
        int given = Math.Min(bytes.Length, PieceBytes);
        bytes[..given].CopyTo(_given);
        _giving = GiveAsync(_giving, given);
        return given;
    }

    /// <summary>Closes ffmpeg's input behind what was given.</summary>
    public void EndInput()
    {
        if (!_inputEnded)
            _giving = GiveAsync(_giving, 0);
        _inputEnded = true;
    }

    /// <summary>Takes what ffmpeg wrote, as much as there is and fits; does not wait.</summary>
    public int Take(Span<byte> target)
    {
        if (!_reading.IsCompleted || _reading.Result == 0)
            return 0;
        int taken = Math.Min(target.Length, _reading.Result - _taken);
        _written.AsSpan(_taken, taken).CopyTo(target);
        _taken += taken;
        if (_taken == _reading.Result)
        {
            _taken = 0;
            _reading = ReadAsync();
        }

        return taken;
    }

    /// <summary>Takes what ffmpeg wrote as soon as there is something; 0 when it has ended.</summary>
    public async ValueTask<int> TakeAsync(Memory<byte> target)
    {
        await _reading.ConfigureAwait(false);
        return Take(target.Span);
    }

    /// <summary>Waits until <see cref="Offer"/> has room; false where ffmpeg did not make any for half a
    /// minute.</summary>
    public bool WaitForRoom() => _giving.Wait(LongestStall);

    /// <summary>Ends it in the middle.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself, or was disposed.
        }
    }

    /// <summary>Waits until <see cref="Take"/> gives something, ffmpeg has ended, or, if asked for, <see cref="Offer"/>
    /// has room.</summary>
    /// <exception cref="TimeoutException">ffmpeg did nothing for half a minute.</exception>
    public void Wait(bool orRoom)
    {
        Task[] changes = orRoom ? [_reading, _giving] : [_reading];
        if (Task.WaitAny(changes, LongestStall) < 0)
            throw new TimeoutException(Stalled);
    }

    public void Dispose()
    {
        Kill();
        Task.WaitAll(_giving, _reading);
        _process.Dispose();
    }

    private async Task GiveAsync(Task before, int bytes)
    {
        await before.ConfigureAwait(false);
        try
        {
            Stream input = _process.StandardInput.BaseStream;
            await input.WriteAsync(_given.AsMemory(0, bytes)).ConfigureAwait(false);
            await input.FlushAsync().ConfigureAwait(false);
            if (bytes == 0)
                input.Close();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It closed its input: it has all it wants, or died. Reading finds out which.
            _inputRefused = true;
        }
    }

    // 0 once it has ended.
    private async Task<int> ReadAsync()
    {
        try
        {
            Stream output = _process.StandardOutput.BaseStream;
            if (await output.ReadAsync(_written).ConfigureAwait(false) is var bytes and > 0)
                return bytes;
        }
        catch (IOException)
        {
            // Killed; the exit code says so.
        }

        await _process.WaitForExitAsync().ConfigureAwait(false);
        return 0;
    }

    private void NoteError(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        string said = line.Trim();
        // "[ogg @ 0x55d0c0] Header missing": the address means nothing to anyone.
        int bracket = said.StartsWith('[') ? said.IndexOf("] ", StringComparison.Ordinal) : -1;
        if (bracket > 0)
            said = said[(bracket + 2)..];
        _lastError = said.Length > 300 ? said[..300] + "..." : said;
    }
}
