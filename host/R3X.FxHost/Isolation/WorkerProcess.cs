using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Isolation;

/// <summary>A worker as its host sees it. Off the audio path, any thread.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Killed or retired, it lets go of all it has.")]
internal sealed class WorkerProcess
{
    private const int MostSaid = 8_192;
    private const int LookMilliseconds = 10;

    // A machine may be so busy that nothing moves for long; what the plugin may take is watched in the worker.
    private static readonly TimeSpan Startup = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(2);

    private readonly WorkerLimits _limits;
    private readonly Process _process;
    private readonly WorkerLink _control;
    private readonly WorkerAddress _address;
    private readonly Task<string> _said;
    private readonly Timer _watch;
    private readonly WorkerUse _use;
    private RemoteFault? _killedFor;
    private long _asked;

    private WorkerProcess(Process process, WorkerLimits limits, Task<string> said, WorkerLink control)
    {
        _process = process;
        _limits = limits;
        _said = said;
        _control = control;
        _address = WorkerAddress.Parse(control.Load.ReadString());
        _use = new WorkerUse(limits);
        _watch = new Timer(_ => Watch(), null, WorkerUse.Pace, WorkerUse.Pace);
    }

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    /// <summary>What it may take.</summary>
    public WorkerLimits Limits => _limits;

    /// <summary>Whether it runs, as far as is known.</summary>
    public bool IsAlive => _killedFor is null && !_process.HasExited;

    /// <summary>Whether the host ended it.</summary>
    public bool WasKilled => _killedFor is not null;

    /// <summary>Starts one.</summary>
    /// <param name="limits">What it may take.</param>
    /// <exception cref="IOException">It could not be started. The message says why.</exception>
    public static WorkerProcess Start(WorkerLimits limits)
    {
        var address = WorkerAddress.Listen(out Socket listener);
        using Socket _ = listener;
        Process process = WorkerProgram.Start(address, limits);
        // What it writes goes nowhere: the host's own output may be a stream of sound.
        process.StandardInput.Close();
        process.StandardOutput.Close();
        Task<string> said = ReadHeadAsync(process.StandardError);
        WorkerLink? control = null;
        long begun = Stopwatch.GetTimestamp();
        while (control is null && Stopwatch.GetElapsedTime(begun) < Startup && !process.HasExited)
        {
            if (listener.Poll(LookMilliseconds * 1_000, SelectMode.SelectRead)
                && address.Accept(listener) is { } socket)
                control = new WorkerLink(socket);
        }

        if (control?.Receive((int)Startup.TotalMilliseconds) == WorkerLink.Arrival.Message)
            return new WorkerProcess(process, limits, said, control);
        control?.Dispose();
        process.Kill();
        string words = said.Wait(Ending) && said.Result.Trim() is { Length: > 0 } text ? $" It said: {text}" : "";
        throw new IOException($"A worker was started ({process.StartInfo.FileName}) and did not answer.{words}");
    }

    /// <summary>Loads its plugin.</summary>
    /// <param name="id">The effect's id.</param>
    /// <param name="file">Its assembly.</param>
    /// <param name="reduces">Whether the effect says by how much it turns the sound down.</param>
    /// <exception cref="PluginRefusedException">It cannot be used; the worker is to be killed.</exception>
    public Parameter[] Load(string id, string file, out bool reduces)
    {
        reduces = false;
        bool sent = _control.Send(WorkerMessage.Load, writer =>
        {
            writer.Write(id);
            writer.Write(file);
        });
        WorkerLink.Arrival arrival = sent ? _control.Receive((int)Startup.TotalMilliseconds)
            : WorkerLink.Arrival.Closed;
        try
        {
            if (arrival == WorkerLink.Arrival.Message && _control.Kind == WorkerMessage.Done)
                return WorkerWords.ReadParameters(_control.Load, out reduces);
            if (arrival == WorkerLink.Arrival.Message && _control.Kind == WorkerMessage.Refused)
                throw WorkerWords.ReadRefused(_control.Load);
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            throw Refused($"Its worker said what cannot be: {e.Message}");
        }

        if (arrival == WorkerLink.Arrival.Nothing)
            Kill(new RemoteFault(FaultCause.DidNotReturn, "did not return while it was loaded"));
        throw Refused($"While it was loaded, it {WaitForEnd().What}.");
    }

    /// <summary>Connects to a thread of its own there.</summary>
    /// <exception cref="RemoteFaultException">It is gone.</exception>
    public WorkerLink Connect()
    {
        try
        {
            return new WorkerLink(_address.Connect());
        }
        catch (SocketException)
        {
            throw new RemoteFaultException(WaitForEnd());
        }
    }

    /// <summary>A block took so long there, in ticks of the stopwatch. Audio thread.</summary>
    public void WasAsked(long ticks) => Interlocked.Add(ref _asked, ticks);

    /// <summary>Ends it at once.</summary>
    /// <param name="why">What its effects are told.</param>
    public void Kill(RemoteFault why)
    {
        Interlocked.CompareExchange(ref _killedFor, why, null);
        _watch.Dispose();
        try
        {
            _process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Has it end once its last effect has left.</summary>
    public void Retire()
    {
        _watch.Dispose();
        _control.Send(WorkerMessage.Retire);
        _control.Dispose();
    }

    /// <summary>Waits for its end, which has begun, and says why.</summary>
    public RemoteFault WaitForEnd()
    {
        _watch.Dispose();
        bool ended = _process.WaitForExit(Ending);
        if (_killedFor is { } why)
            return why;
        string said = _said.Wait(Ending) ? _said.Result : "";
        if (!ended)
            Kill(new RemoteFault(FaultCause.ProcessEnded, "let go of its connection"));
        return WorkerEnd.Of(ended ? _process.ExitCode : null, said, _limits);
    }

    // The beginning says what happened; the rest is a stack a thousand calls deep.
    private static async Task<string> ReadHeadAsync(StreamReader reader)
    {
        var said = new StringBuilder();
        char[] buffer = new char[1_024];
        while (await reader.ReadAsync(buffer) is var count && count > 0)
        {
            if (said.Length < MostSaid)
                said.Append(buffer, 0, count);
        }

        return said.ToString();
    }

    private static PluginRefusedException Refused(string reason) =>
        new(reason, "Correct the plugin, or remove it.") { IsFault = true };

    private void Watch()
    {
        try
        {
            _process.Refresh();
            TimeSpan asked = TimeSpan.FromSeconds((double)Volatile.Read(ref _asked) / Stopwatch.Frequency);
            if (_use.Look(_process.WorkingSet64, _process.TotalProcessorTime, asked) is { } over)
                Kill(over);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception
            or NotSupportedException)
        {
            // It has ended.
            _watch.Dispose();
        }
    }
}
