using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Sdk;
using R3X.FxHost.Watching;

namespace R3X.FxHost.Isolation;

/// <summary>
/// An effect in a worker. A block goes there through shared memory and is waited for as long as it is itself; what the
/// worker missed it is given later, so that it comes back where the line is. When the worker ends, the effect is made
/// again in another one and given the last of what it had heard.
/// </summary>
internal class IsolatedEffect : IRemoteEffect
{
    // Of what was heard, so much is told to an effect that is made again, beside its latency.
    private const double PreRollMilliseconds = 50;

    // One that has not come back by then is given up, with its worker.
    private const int MostMissed = 8;

    // Code is still being compiled then.
    private const int GraceBlocks = 16;

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan FirstBlock = TimeSpan.FromMilliseconds(200);

    // The line's sound is complete by then, and its report waits to hear why a process ended.
    private static readonly TimeSpan AtLineEnd = TimeSpan.FromSeconds(5);

    private readonly IsolatedPlugin _plugin;
    private readonly Parameter[] _parameters;
    private readonly double[] _values;
    private readonly bool[] _moved;
    private readonly bool[] _pending;
    private readonly ConcurrentQueue<RemoteFault> _faults = new();
    private RemoteInstance? _live;
    private volatile RemoteInstance? _remade;
    private volatile Recovery? _recovery;
    private ManualResetEventSlim? _words;
    private EffectSetup? _setup;
    private RecentInput? _recent;
    private int _preRoll;
    private long _at;
    private long _blocks;
    private int _missed;
    private TimeSpan _late;
    private RemoteAnswer _answer;

    public IsolatedEffect(IsolatedPlugin plugin, Parameter[] parameters, RemoteInstance instance)
    {
        _plugin = plugin;
        _parameters = parameters;
        _live = instance;
        _values = new double[parameters.Length];
        _moved = new bool[parameters.Length];
        _pending = new bool[parameters.Length];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>By how much the last block was turned down.</summary>
    protected GainReduction Reduction { get; private set; }

    /// <summary>A setup as it was before the effect was told; notes are not repeated.</summary>
    public static EffectSetup Copy(EffectSetup setup, Parameter[] parameters) => new(
        setup.Format, setup.MaxFrames, setup.Quality, setup.Seed, parameters, [.. parameters.Select(p => setup[p])])
    {
        Curve = setup.Curve,
    };

    /// <inheritdoc/>
    public EffectTiming Prepare(EffectSetup setup)
    {
        _setup = setup;
        EffectTiming timing = (_live ??= _plugin.Make(null)).Prepare(setup, _parameters);
        _preRoll = Math.Clamp(timing.LatencyFrames, 0, setup.Format.SampleRate)
            + setup.Format.Frames(PreRollMilliseconds);
        _recent = new RecentInput(
            setup.Format.Channels, _preRoll + ParameterGrid.Frames + (setup.MaxFrames * (MostMissed + 1)));
        Begin();
        return timing;
    }

    /// <inheritdoc/>
    public void SetParameter(Parameter parameter, double value)
    {
        int at = Array.IndexOf(_parameters, parameter);
        if (at < 0)
            return;
        _values[at] = value;
        _moved[at] = _pending[at] = true;
    }

    /// <inheritdoc/>
    public void Process(AudioBlock block)
    {
        _recent!.Add(block);
        // Once a part of a block is lost, the rest need not be waited for.
        if ((_answer & (RemoteAnswer.Missed | RemoteAnswer.Failed)) == 0 && !TryProcess(block))
            _answer |= RemoteAnswer.Missed;

        _at += block.Frames;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Begin();
        if (_live is not { } live)
            return;
        live.Next = 0;
        RemoteInstance.Answer answer = live.IsBusy ? live.Await(Watchdog.Processing) : RemoteInstance.Answer.Done;
        if (answer == RemoteInstance.Answer.Done)
            answer = live.Begin(WorkerMessage.Reset) ? live.Await(Watchdog.Processing) : RemoteInstance.Answer.Gone;
        if (answer == RemoteInstance.Answer.Threw)
            Fail(live, $"threw on Reset ({live.Thrown.What})");
        else if (answer == RemoteInstance.Answer.Late)
            GiveUp(live, DidNotReturn("Reset"));
        else if (answer == RemoteInstance.Answer.Gone)
            Lose(live);
    }

    /// <inheritdoc/>
    public RemoteAnswer TakeAnswer()
    {
        RemoteAnswer answer = _answer;
        _answer = RemoteAnswer.Whole;
        return answer;
    }

    /// <inheritdoc/>
    public RemoteFault? TakeFault(bool atEnd)
    {
        if (atEnd && _words is { } words)
        {
            _words = null;
            if (!words.Wait(AtLineEnd))
                _faults.Enqueue(new RemoteFault(FaultCause.ProcessEnded, "lost its process"));
        }

        return _faults.TryDequeue(out RemoteFault? fault) ? fault : null;
    }

    /// <inheritdoc/>
    public void Close()
    {
        _live?.Dispose();
        _live = null;
        Interlocked.Exchange(ref _remade, null)?.Dispose();
    }

    private void Begin()
    {
        _at = _blocks = _missed = 0;
        _late = default;
        _answer = RemoteAnswer.Whole;
        _recent?.Clear();
        Array.Clear(_moved);
        Array.Clear(_pending);
        Reduction = default;
    }

    private TimeSpan LimitOf(int frames)
    {
        if (_blocks == 0)
            return FirstBlock;
        var length = TimeSpan.FromMilliseconds(_setup!.Format.Milliseconds(frames));
        TimeSpan least = _blocks < GraceBlocks ? Grace : Least;
        return length > least ? length : least;
    }

    private bool TryProcess(in AudioBlock block)
    {
        TimeSpan limit = LimitOf(block.Frames);
        var stuck = new StuckCall(limit);
        // A worker that ends within the block has its spare, and the block is whole all the same.
        for (int attempt = 0; attempt < 2 && (_live is not null || TakeRemade(limit)); attempt++)
        {
            RemoteInstance live = _live!;
            RemoteInstance.Answer answer = Pass(live, block, ref stuck);
            switch (answer)
            {
                case RemoteInstance.Answer.Done:
                    if (_missed > 0)
                        ComeBack();
                    // A line that is over before that needs none.
                    if (++_blocks == GraceBlocks)
                        _plugin.IsUsed(_setup!);
                    return true;
                case RemoteInstance.Answer.Threw:
                    Fail(live, $"threw {live.Thrown.What}");
                    return true;
                case RemoteInstance.Answer.Late when ++_missed >= MostMissed:
                    GiveUp(live, _late == default ? DidNotReturn("Process") : TooSlow());
                    return false;
                case RemoteInstance.Answer.Late:
                    return false;
                default:
                    Lose(live);
                    break;
            }
        }

        return false;
    }

    // Everything up to the block, and the block.
    private RemoteInstance.Answer Pass(RemoteInstance live, in AudioBlock block, ref StuckCall stuck)
    {
        if (live.IsBusy)
        {
            RemoteInstance.Answer before = live.Await(ref stuck);
            if (before != RemoteInstance.Answer.Done)
                return before;
            _late = live.Took;
        }

        while (live.Next < _at)
        {
            int frames = (int)Math.Min(_setup!.MaxFrames, _at - live.Next);
            _recent!.Read(live.Next, live.Audio!.Block(frames));
            RemoteInstance.Answer answer = Exchange(live, frames, ref stuck);
            if (answer != RemoteInstance.Answer.Done)
                return answer;
        }

        block.CopyTo(live.Audio!.Block(block.Frames));
        RemoteInstance.Answer last = Exchange(live, block.Frames, ref stuck);
        if (last == RemoteInstance.Answer.Done)
        {
            live.Audio.Block(block.Frames).CopyTo(block);
            Reduction = new GainReduction(live.Audio.MostReduction, live.Audio.MeanReduction);
        }

        return last;
    }

    private RemoteInstance.Answer Exchange(RemoteInstance live, int frames, ref StuckCall stuck)
    {
        SharedAudio audio = live.Audio!;
        audio.Frames = frames;
        audio.Changes = 0;
        // Settings move on the grid only.
        for (int i = 0; i < _pending.Length && live.Next % ParameterGrid.Frames == 0; i++)
        {
            if (!_pending[i])
                continue;
            audio.ChangeIndex(audio.Changes) = i;
            audio.ChangeValue(audio.Changes++) = _values[i];
            _pending[i] = false;
        }

        live.Next += frames;
        return live.Begin(WorkerMessage.Process) ? live.Await(ref stuck) : RemoteInstance.Answer.Gone;
    }

    private bool TakeRemade(TimeSpan limit)
    {
        if (_recovery is null && _plugin.MayRestart)
            Recover(null);
        if (_recovery is not { } recovery || (!recovery.Ended.IsSet && !recovery.Ended.Wait(limit)))
            return false;
        _recovery = null;
        if (Interlocked.Exchange(ref _remade, null) is not { } remade)
            return false;
        long from = Math.Max(_recent!.Start, _at - _preRoll);
        remade.Next = Math.Max(0, from + ParameterGrid.Frames - 1) / ParameterGrid.Frames * ParameterGrid.Frames;
        _moved.CopyTo(_pending, 0);
        _live = remade;
        (_missed, _late) = (0, default);
        _answer |= RemoteAnswer.Anew;
        return true;
    }

    private void Fail(RemoteInstance live, string what)
    {
        _faults.Enqueue(live.FaultOf(live.Thrown, what, FaultCause.Threw));
        _answer |= RemoteAnswer.Failed;
        Close();
    }

    // It is where the line is again.
    private void ComeBack()
    {
        _answer |= RemoteAnswer.Anew;
        _faults.Enqueue(new RemoteFault(FaultCause.Late, string.Create(CultureInfo.InvariantCulture,
            $"did not answer in time: a block took {_late.TotalMilliseconds:0} ms, and {_missed} went on without it")));
        (_missed, _late) = (0, default);
    }

    private static RemoteFault DidNotReturn(string from) =>
        new(FaultCause.DidNotReturn, $"did not return from {from}");

    private RemoteFault TooSlow() => new(FaultCause.TooSlow, string.Create(CultureInfo.InvariantCulture,
        $"fell {_missed} blocks behind: one took {_late.TotalMilliseconds:0} ms"));

    private void GiveUp(RemoteInstance live, RemoteFault why)
    {
        live.Worker.Kill(why);
        Lose(live);
    }

    private void Lose(RemoteInstance live)
    {
        live.Dispose();
        _live = null;
        Recover(live.Worker);
    }

    private void Recover(WorkerProcess? ended)
    {
        var recovery = new Recovery();
        _recovery = recovery;
        if (ended is not null)
            _words = recovery.Words;
        // Not on the pool: its threads may all be lines that wait for this.
        new Thread(() => Remake(ended, recovery)) { IsBackground = true, Name = "R3X recovery" }.Start();
    }

    private void Remake(WorkerProcess? ended, Recovery recovery)
    {
        RemoteInstance? remade = null;
        try
        {
            remade = _plugin.Make(ended);
            remade.Prepare(Copy(_setup!, _parameters), _parameters);
            Interlocked.Exchange(ref _remade, remade)?.Dispose();
            _plugin.IsUsed(_setup!);
        }
        catch (Exception e) when (e is RemoteFaultException or IOException)
        {
            remade?.Dispose();
            if (ended is null && e is RemoteFaultException fault)
                _faults.Enqueue(fault.Fault);
        }

        recovery.Ended.Set();
        if (ended is not null)
            _faults.Enqueue(ended.WaitForEnd());
        recovery.Words.Set();
    }

    /// <summary>An effect on its way into another worker.</summary>
    private sealed class Recovery
    {
        /// <summary>Set when it is there, or is not to be had.</summary>
        public ManualResetEventSlim Ended { get; } = new();

        /// <summary>Set when it is known why.</summary>
        public ManualResetEventSlim Words { get; } = new();
    }
}

/// <summary>One that also says by how much it turns the sound down.</summary>
internal sealed class IsolatedReducer(IsolatedPlugin plugin, Parameter[] parameters, RemoteInstance instance)
    : IsolatedEffect(plugin, parameters, instance), IGainReducer
{
    /// <inheritdoc/>
    public GainReduction LastReduction => Reduction;
}
