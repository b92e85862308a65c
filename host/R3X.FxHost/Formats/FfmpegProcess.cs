using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace R3X.FxHost.Formats;

/// <summary>
/// A running ffmpeg between two bounded queues, each with its own thread, so that neither side can block the other for
/// good. All public members are for one thread, the owner's.
/// </summary>
internal sealed class FfmpegProcess : IDisposable
{
    private const int QueueBytes = 256 * 1024;
    private const int PieceBytes = 16 * 1024;
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly ByteRing _toProcess = new(QueueBytes);
    private readonly ByteRing _fromProcess = new(QueueBytes);
    private readonly Process _process;
    private readonly Thread _writer;
    private readonly Thread _reader;
    private string _lastError = "";
    private bool _inputEnded;
    private bool _inputRefused;
    private bool _outputEnded;
    private bool _disposed;

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
        _writer = new Thread(WriteToProcess) { IsBackground = true, Name = "to ffmpeg" };
        _reader = new Thread(ReadFromProcess) { IsBackground = true, Name = "from ffmpeg" };
        _writer.Start();
        _reader.Start();
    }

    /// <summary>Where ffmpeg comes from, by platform, as a sentence's end.</summary>
    public static string InstallLine { get; } =
        OperatingSystem.IsWindows() ? "winget install Gyan.FFmpeg"
        : OperatingSystem.IsMacOS() ? "brew install ffmpeg"
        : "sudo apt install ffmpeg (Fedora: sudo dnf install ffmpeg-free)";

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

    /// <summary>The last thing ffmpeg complained about, without its own decoration; empty when it did not.</summary>
    public string LastError
    {
        get
        {
            lock (_gate)
                return _lastError;
        }
    }

    /// <summary>Whether ffmpeg has ended and everything it wrote was taken.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_gate)
                return _outputEnded && _fromProcess.Count == 0;
        }
    }

    /// <summary>ffmpeg's exit code; 0 while it runs.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Queues bytes for ffmpeg, as many as there is room for. What a dead ffmpeg will not read counts as queued.</summary>
    public int Offer(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_inputRefused || _outputEnded)
                return bytes.Length;
            int taken = _toProcess.Write(bytes);
            Monitor.PulseAll(_gate);
            return taken;
        }
    }

    /// <summary>Closes ffmpeg's input behind what is queued.</summary>
    public void EndInput()
    {
        lock (_gate)
        {
            _inputEnded = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Takes what ffmpeg wrote, as much as there is and fits; does not wait.</summary>
    public int Take(Span<byte> target)
    {
        lock (_gate)
        {
            int taken = _fromProcess.Read(target);
            if (taken > 0)
                Monitor.PulseAll(_gate);
            return taken;
        }
    }

    /// <summary>Waits until <see cref="Take"/> gives something, ffmpeg has ended, or, if asked for, <see cref="Offer"/> has room.</summary>
    /// <exception cref="TimeoutException">ffmpeg did nothing for half a minute.</exception>
    public void Wait(bool orRoom)
    {
        lock (_gate)
        {
            while (_fromProcess.Count == 0 && !_outputEnded && !(orRoom && (!_toProcess.IsFull || _inputRefused)))
            {
                if (!Monitor.Wait(_gate, LongestStall))
                    throw new TimeoutException($"ffmpeg did nothing for {LongestStall.TotalSeconds:0} s.");
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            Monitor.PulseAll(_gate);
        }

        try
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended by itself in between.
        }

        _reader.Join();
        _writer.Join();
        _process.Dispose();
    }

    private void WriteToProcess()
    {
        byte[] piece = new byte[PieceBytes];
        try
        {
            using Stream input = _process.StandardInput.BaseStream;
            while (NextPiece(piece) is var bytes && bytes > 0)
            {
                input.Write(piece, 0, bytes);
                input.Flush();
            }
        }
        catch (IOException)
        {
            // It closed its input: it has all it wants, or died. The reader finds out which.
        }

        lock (_gate)
        {
            _inputRefused = true;
            Monitor.PulseAll(_gate);
        }
    }

    private int NextPiece(byte[] piece)
    {
        lock (_gate)
        {
            while (_toProcess.Count == 0 && !_inputEnded && !_disposed)
                Monitor.Wait(_gate);
            if (_disposed)
                return 0;
            int bytes = _toProcess.Read(piece);
            Monitor.PulseAll(_gate);
            return bytes;
        }
    }

    private void ReadFromProcess()
    {
        byte[] piece = new byte[PieceBytes];
        try
        {
            Stream output = _process.StandardOutput.BaseStream;
            while (output.Read(piece, 0, piece.Length) is var bytes && bytes > 0 && Store(piece.AsSpan(0, bytes)))
            {
            }
        }
        catch (IOException)
        {
            // Killed; the exit code says so.
        }

        _process.WaitForExit();
        lock (_gate)
        {
            ExitCode = _process.ExitCode;
            _outputEnded = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool Store(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            while (!bytes.IsEmpty)
            {
                while (_fromProcess.IsFull && !_disposed)
                    Monitor.Wait(_gate);
                if (_disposed)
                    return false;
                bytes = bytes[_fromProcess.Write(bytes)..];
                Monitor.PulseAll(_gate);
            }
        }

        return true;
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
        lock (_gate)
            _lastError = said.Length > 300 ? said[..300] + "..." : said;
    }
}
