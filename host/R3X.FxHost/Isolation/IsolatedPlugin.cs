using System;
using System.Globalization;
using System.IO;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Isolation;

/// <summary>
/// A plugin in workers: one that its effects are in, and, once it is in use, a spare one that is loaded and warm. When
/// a worker ends, its effects go on in the spare. One that ends again within a minute is made again after a second, the
/// next after two, and so on. Any thread, off the audio path.
/// </summary>
/// <param name="effectId">Its effect's id.</param>
/// <param name="file">The effect's assembly, an absolute path.</param>
/// <param name="limits">What a worker may take.</param>
/// <param name="clock">Tells when one is made again.</param>
internal sealed class IsolatedPlugin(string effectId, string file, WorkerLimits limits, TimeProvider clock)
    : IEffectCode
{
    private const int WarmBlocks = 4;
    private const int MostDoublings = 6;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Forgiven = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Parameter[] _parameters = [];
    private bool _reduces;
    private WorkerProcess? _worker;
    private WorkerProcess? _spare;
    private int _isMakingSpare;
    private volatile bool _isUnloaded;
    private int _ends;
    private long _lastEnd;
    private long _notBefore = long.MinValue;

    /// <inheritdoc/>
    public Parameter[] Load()
    {
        lock (_lock)
        {
            try
            {
                _worker = WorkerProcess.Start(limits);
            }
            catch (IOException e)
            {
                throw new PluginRefusedException($"It was to run in a process of its own, which failed: {e.Message}",
                    "Let it run in the host's with \"isolation: none\" in host.yaml, if you trust it.");
            }

            return _parameters = _worker.Load(effectId, file, out _reduces);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="RemoteFaultException">It cannot be made.</exception>
    public IEffect Create()
    {
        RemoteInstance instance = Make(null);
        return _reduces ? new IsolatedReducer(this, _parameters, instance)
            : new IsolatedEffect(this, _parameters, instance);
    }

    /// <inheritdoc/>
    public WeakReference? Unload()
    {
        lock (_lock)
        {
            _isUnloaded = true;
            _worker?.Retire();
            _spare?.Retire();
            _worker = _spare = null;
            return null;
        }
    }

    /// <summary>The worker's process; null where none runs.</summary>
    internal int? WorkerId
    {
        get
        {
            lock (_lock)
                return _worker?.Id;
        }
    }

    /// <summary>Whether another worker is ready.</summary>
    internal bool HasSpare
    {
        get
        {
            lock (_lock)
                return _spare?.IsAlive == true;
        }
    }

    /// <summary>Whether a worker that ended is due to be made again. Any thread, which waits for nothing.</summary>
    public bool MayRestart => !_isUnloaded && clock.GetTimestamp() >= Volatile.Read(ref _notBefore);

    /// <summary>Makes an effect.</summary>
    /// <param name="ended">The worker it was in, which has ended; null for a fresh one.</param>
    /// <exception cref="RemoteFaultException">It cannot be made.</exception>
    public RemoteInstance Make(WorkerProcess? ended)
    {
        WorkerProcess worker = WorkerFor(ended);
        try
        {
            return RemoteInstance.Make(worker);
        }
        catch (RemoteFaultException e)
            when (ended is null && e.Fault.Cause == FaultCause.ProcessEnded && !worker.IsAlive)
        {
            // It may have ended between two lines, which is not this effect's fault.
            return RemoteInstance.Make(WorkerFor(worker));
        }
    }

    /// <summary>Has a spare worker made ready, unless there is one. Audio thread; allocates, and waits for
    /// nothing.</summary>
    /// <param name="setup">What the plugin's effects are used with.</param>
    public void IsUsed(EffectSetup setup)
    {
        if (Interlocked.Exchange(ref _isMakingSpare, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(_ => MakeSpare(setup), null);
    }

    private WorkerProcess WorkerFor(WorkerProcess? ended)
    {
        lock (_lock)
        {
            if (_isUnloaded)
            {
                throw new RemoteFaultException(new RemoteFault(FaultCause.CouldNotPrepare,
                    $"could not be prepared (the effect \"{effectId}\" has been unloaded)"));
            }

            if (_worker is { IsAlive: true } alive && alive != ended)
                return alive;
            if (_worker is { } dead)
            {
                NoteEnd();
                if (ended is null && !dead.WasKilled)
                    ThreadPool.UnsafeQueueUserWorkItem(_ => TellOfEnd(dead), null);
            }

            _worker = null;
            if (!MayRestart)
            {
                TimeSpan left = clock.GetElapsedTime(clock.GetTimestamp(), _notBefore);
                throw new RemoteFaultException(new RemoteFault(FaultCause.ProcessEnded, string.Create(
                    CultureInfo.InvariantCulture,
                    $"ended its process {_ends} times in a row; it is started again in {left.TotalSeconds:0.0} s")));
            }

            (_worker, _spare) = (_spare, null);
            return _worker is { IsAlive: true } ? _worker : _worker = Start();
        }
    }

    // No line was there when it ended.
    private void TellOfEnd(WorkerProcess dead)
    {
        RemoteFault fault = dead.WaitForEnd();
        UnhandledExceptions.Tell(
            new UnhandledException(effectId, $"{fault.What} while no line was there", fault.Trace));
    }

    private void NoteEnd()
    {
        if (_ends > 0 && clock.GetElapsedTime(_lastEnd) > Forgiven)
            _ends = 0;
        _ends++;
        _lastEnd = clock.GetTimestamp();
        if (_ends == 1)
            return;
        TimeSpan wait = FirstWait * (1 << Math.Min(_ends - 2, MostDoublings));
        Volatile.Write(ref _notBefore, _lastEnd + (long)(wait.TotalSeconds * clock.TimestampFrequency));
    }

    private WorkerProcess Start()
    {
        WorkerProcess? worker = null;
        try
        {
            worker = WorkerProcess.Start(limits);
            // The same files have the same settings; those that effects have been made with stay.
            if (worker.Load(effectId, file, out bool reduces).Length != _parameters.Length || reduces != _reduces)
                throw new IOException("it has other settings than before.");
            return worker;
        }
        catch (Exception e) when (e is IOException or PluginRefusedException)
        {
            var fault = new RemoteFault(FaultCause.ProcessEnded, $"could not be started again: {e.Message}");
            worker?.Kill(fault);
            throw new RemoteFaultException(fault);
        }
    }

    private void MakeSpare(EffectSetup setup)
    {
        if (HasSpare || _isUnloaded)
        {
            Volatile.Write(ref _isMakingSpare, 0);
            return;
        }

        WorkerProcess? spare = null;
        try
        {
            spare = Start();
            Warm(spare, setup);
        }
        catch (RemoteFaultException)
        {
            // Nothing is lost but the spare; whoever needs it tries again and tells.
            spare = null;
        }

        lock (_lock)
        {
            if (_isUnloaded)
                spare?.Retire();
            else
                _spare = spare;
        }

        Volatile.Write(ref _isMakingSpare, 0);
    }

    // Its code is compiled before anybody waits for it.
    private void Warm(WorkerProcess spare, EffectSetup setup)
    {
        using RemoteInstance instance = RemoteInstance.Make(spare);
        instance.Prepare(IsolatedEffect.Copy(setup, _parameters), _parameters);
        SharedAudio audio = instance.Audio!;
        for (int i = 0; i < WarmBlocks; i++)
        {
            (audio.Frames, audio.Changes) = (setup.MaxFrames, 0);
            audio.Block(setup.MaxFrames).Clear();
            if (!instance.Begin(WorkerMessage.Process)
                || instance.Await(Watching.Watchdog.Preparing) != RemoteInstance.Answer.Done)
                return;
        }
    }
}
