using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using R3X.FxHost.Watching;

namespace R3X.FxHost.Isolation;

/// <summary>One effect in a worker as its host sees it: a connection and shared memory. One thread at a time.</summary>
internal sealed class RemoteInstance : IDisposable
{
    // What is waited for is looked at so often, to see whether the other side works at it.
    private const int LookMilliseconds = 10;

    private readonly WorkerLink _link;
    private readonly ThreadActivity? _activity;
    private long _askedAt;

    private RemoteInstance(WorkerProcess worker, WorkerLink link, int thread)
    {
        Worker = worker;
        _link = link;
        _activity = thread == 0 ? null : new ThreadActivity(worker.Id, thread);
    }

    /// <summary>What came of a request.</summary>
    public enum Answer
    {
        /// <summary>It is done.</summary>
        Done,

        /// <summary>The effect threw: <see cref="Thrown"/>.</summary>
        Threw,

        /// <summary>It goes on for longer than it may; it can be waited for again.</summary>
        Late,

        /// <summary>The worker is gone.</summary>
        Gone,
    }

    /// <summary>The worker it is in.</summary>
    public WorkerProcess Worker { get; }

    /// <summary>The memory that blocks lie in; there once it is prepared.</summary>
    public SharedAudio? Audio { get; private set; }

    /// <summary>The frame of the line that it is to be given next.</summary>
    public long Next { get; set; }

    /// <summary>Whether a request has not been answered.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>What the effect threw last.</summary>
    public (string What, string Trace) Thrown { get; private set; } = ("", "");

    /// <summary>How long the request took that was answered last, or is not answered yet.</summary>
    public TimeSpan Took => Stopwatch.GetElapsedTime(_askedAt);

    /// <summary>Makes an effect in a worker.</summary>
    /// <param name="worker">The worker.</param>
    /// <exception cref="RemoteFaultException">It cannot be made.</exception>
    public static RemoteInstance Make(WorkerProcess worker)
    {
        WorkerLink link = worker.Connect();
        try
        {
            if (link.Receive((int)Watchdog.Preparing.TotalMilliseconds * 10) != WorkerLink.Arrival.Message)
                throw new RemoteFaultException(worker.WaitForEnd());
            var instance = new RemoteInstance(worker, link, link.Load.ReadInt32());
            instance.Require(instance.Ask(WorkerMessage.Create), "its constructor");
            return instance;
        }
        catch (Exception e)
        {
            link.Dispose();
            if (e is IOException)
                throw new RemoteFaultException(worker.WaitForEnd());
            throw;
        }
    }

    /// <summary>Prepares it.</summary>
    /// <param name="setup">What it is told.</param>
    /// <param name="parameters">The plugin's settings.</param>
    /// <exception cref="RemoteFaultException">It cannot be prepared.</exception>
    public EffectTiming Prepare(EffectSetup setup, IReadOnlyList<Parameter> parameters)
    {
        Audio?.Dispose();
        Audio = SharedAudio.Create(setup.Format.Channels, setup.MaxFrames, out string path);
        _askedAt = Stopwatch.GetTimestamp();
        IsBusy = _link.Send(
            WorkerMessage.Prepare, writer => WorkerWords.Write(writer, setup, parameters, path));
        Require(Await(Watchdog.Preparing), "Prepare");
        Next = 0;
        try
        {
            return WorkerWords.ReadPrepared(_link.Load, setup);
        }
        catch (IOException e)
        {
            throw new RemoteFaultException(new RemoteFault(
                FaultCause.CouldNotPrepare, $"could not be prepared (its worker said what cannot be: {e.Message})"));
        }
    }

    /// <summary>Asks for something that carries nothing, without waiting.</summary>
    /// <returns>False where the worker is gone.</returns>
    public bool Begin(WorkerMessage kind)
    {
        _askedAt = Stopwatch.GetTimestamp();
        return IsBusy = _link.Send(kind);
    }

    /// <summary>Waits for the answer.</summary>
    /// <param name="limit">How long the other side may work or wait, its time without a processor not counted.</param>
    public Answer Await(TimeSpan limit)
    {
        var stuck = new StuckCall(limit);
        return Await(ref stuck);
    }

    /// <summary>The same, with what was waited for before taken into account.</summary>
    public Answer Await(ref StuckCall stuck)
    {
        if (!IsBusy)
            return Answer.Gone;
        long last = Stopwatch.GetTimestamp();
        while (true)
        {
            switch (_link.Receive(LookMilliseconds))
            {
                case WorkerLink.Arrival.Message:
                    return Answered();
                case WorkerLink.Arrival.Closed:
                    IsBusy = false;
                    return Answer.Gone;
            }

            long now = Stopwatch.GetTimestamp();
            // What the worker's runtime does is not known here; a first block has longer, and a late one is waited for.
            if (stuck.Look(0, _activity?.Worked, _activity?.IsWaiting ?? false, Stopwatch.GetElapsedTime(last, now),
                runtime: TimeSpan.Zero))
                return Answer.Late;
            last = now;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _link.Dispose();
        Audio?.Dispose();
        _activity?.Close();
    }

    private Answer Ask(WorkerMessage kind) => Begin(kind) ? Await(Watchdog.Preparing) : Answer.Gone;

    private Answer Answered()
    {
        IsBusy = false;
        Worker.WasAsked(Stopwatch.GetTimestamp() - _askedAt);
        if (_link.Kind == WorkerMessage.Done)
            return Answer.Done;
        if (_link.Kind != WorkerMessage.Threw)
            return Answer.Gone;
        try
        {
            BinaryReader load = _link.Load;
            Thrown = (load.ReadString(), load.ReadString());
            return Answer.Threw;
        }
        catch (IOException)
        {
            return Answer.Gone;
        }
    }

    private void Require(Answer answer, string doing)
    {
        if (answer == Answer.Done)
            return;
        if (answer == Answer.Late)
        {
            var stuck = new RemoteFault(FaultCause.DidNotReturn, $"did not return from {doing}");
            Worker.Kill(stuck);
            throw new RemoteFaultException(stuck);
        }

        throw new RemoteFaultException(answer == Answer.Gone
            ? Worker.WaitForEnd() is var end ? end with { What = $"{end.What}, in {doing}" } : end
            : FaultOf(Thrown, $"could not be prepared ({Thrown.What})", FaultCause.CouldNotPrepare));
    }

    /// <summary>The fault of an effect that threw.</summary>
    public RemoteFault FaultOf((string What, string Trace) thrown, string what, FaultCause cause) =>
        thrown.What.StartsWith(nameof(OutOfMemoryException), StringComparison.Ordinal)
            ? WorkerEnd.OutOfMemory(Worker.Limits, thrown.Trace)
            : new RemoteFault(cause, what, thrown.Trace);
}
