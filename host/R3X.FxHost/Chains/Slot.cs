using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;
using R3X.FxHost.Watching;

namespace R3X.FxHost.Chains;

/// <summary>
/// An effect and its guard. Whatever the effect does, what comes out is sound: its own while it behaves, from then
/// on its input at the same delay.
/// </summary>
internal sealed partial class Slot
{
    private readonly SlotPlan _plan;
    private readonly ChainPlan _chain;
    private readonly ChainSetup _setup;
    private readonly SlotsShare _share;
    private readonly SlotTimer _timer;
    private readonly TimeBudget _budget;
    private readonly DryPath _dry;
    private readonly LineReduction? _reduction;
    private readonly SlotModulation? _modulation;
    private readonly FixedDelay? _late;
    private readonly float[] _scratch = [];
    private readonly IGainReducer? _reducer;
    private readonly IRemoteEffect? _remote;
    private readonly OffsetDetector _offset;
    private readonly AllocationMeter _allocations = new();
    private readonly Canary? _canary;
    private readonly List<string> _notes;
    private RunawayDetector _gate;
    private IEffect? _effect;
    private IDisposable? _disposable;

    // The same effect's, without a look-up: a call of the interface, made at one place for effects of many types, is
    // looked up in a table.
    private ProcessBlock? _process;
    private long _block;
    private long _frame;
    private float _given;
    private float _gave;

    private Slot(
        SlotPlan plan, ChainPlan chain, ChainSetup setup, SlotsShare share, IEffect? effect, EffectTiming timing,
        IReadOnlyList<string> notes, SlotModulation? modulation = null, int lateFrames = 0)
    {
        _plan = plan;
        _chain = chain;
        _setup = setup;
        _effect = effect;
        _process = effect is null ? null : effect.Process;
        _remote = effect as IRemoteEffect;
        _reducer = effect as IGainReducer;
        _disposable = effect as IDisposable;
        _reduction = _reducer is null ? null : new LineReduction();
        _modulation = modulation;
        _late = lateFrames > 0 ? new FixedDelay(setup.Format.Channels, lateFrames) : null;
        _scratch = lateFrames > 0 || modulation?.Mixes == true ? new float[setup.MaxFrames] : [];
        Timing = timing;
        _notes = [.. notes];
        _share = share;
        _timer = share.Timer;
        _budget = new TimeBudget(setup, share.Timer);
        _dry = new DryPath(setup.Format, timing.LatencyFrames);
        _gate = new RunawayDetector(setup.Format, timing);
        _offset = new OffsetDetector(setup.Format, PartsWithOffset);
        // Blocks lie in the watched work's own memory, which has room around them.
        _canary = setup.IsWatched ? new Canary(setup.Format.Channels) : null;
    }

    // Tenths of a second, behind those in which it was heard that one of the slots adds something.
    private const int PartsWithOffset = 7;

    private delegate void ProcessBlock(AudioBlock block);

    public SlotPlan Plan => _plan;

    public EffectTiming Timing { get; }

    public IReadOnlyList<string> Notes =>
        _allocations.Note(_plan.Step, _plan.EffectId) is { } note ? [.. _notes, note] : _notes;

    /// <summary>
    /// What each setting is at the line's first sample, with all of the chain; empty where the effect was not
    /// prepared.
    /// </summary>
    public IReadOnlyList<double> Start { get; private init; } = [];

    // The same with the chain's amount: what the effect was given.
    private double[] Prepared { get; init; } = [];

    /// <summary>By how much the effect turned the line down while it was heard; null when it does not say.</summary>
    public GainReduction? Reduction => _reduction?.Reading;

    public TimeSpan ProcessingTime => _budget.Total;

    /// <summary>Tells what it does now, for meters. Between blocks; allocates.</summary>
    /// <param name="reductions">Gets by how much it turned the line down since it was asked last, in dB, under the
    /// step's name; nothing of an effect that does not say.</param>
    /// <param name="settings">Gets where the settings that move or were drawn are, under step and setting.</param>
    public void Read(IDictionary<string, double> reductions, IDictionary<string, double> settings)
    {
        if (_reduction is not null)
            reductions[_plan.Step] = IsActive ? _reduction.TakeLately() : 0;
        if (Prepared.Length == 0)
            return;
        double[]? now = null;
        for (int i = 0; i < _plan.Values.Count; i++)
        {
            if (_plan.Values[i].Modulation is null)
                continue;
            now ??= _modulation?.Now(_plan.Parameters, Prepared) ?? [.. Prepared];
            settings[$"{_plan.Step}.{_plan.Parameters[i].Id}"] = now[i];
        }
    }

    public SlotFault? Fault { get; private set; }

    /// <summary>Whether the effect is what is heard.</summary>
    public bool IsActive => _effect is not null;

    /// <summary>Whether it is heard without its input beside it.</summary>
    public bool IsHeardAlone => IsActive && _modulation?.Mixes != true;

    /// <summary>Processes a block in place.</summary>
    /// <param name="block">1 to MaxFrames frames.</param>
    /// <param name="inputPeak">The block's peak.</param>
    /// <param name="input">The same frames once more, in other memory.</param>
    /// <param name="output">Other memory, where what comes out will be once more.</param>
    /// <returns>The peak of what came out.</returns>
    public float Process(in AudioBlock block, float inputPeak, in AudioBlock input, in AudioBlock output)
    {
        float peak = _effect is null ? Dry(block, input, output) : Wet(block, inputPeak, input, output);
        (_given, _gave) = (inputPeak, peak);
        string? tooSlow = _timer.Looks && _effect is not null ? _budget.Stop(block.Frames) : null;
        _dry.Advance(input, block);
        // The time of one in another process is its own affair, and there it is watched.
        if (tooSlow is not null && _remote is null)
        {
            // This block came late but came right; the next one is the first without the effect.
            Leave(FaultCause.TooSlow, tooSlow, _block, null, Copy(input));
            Report(Fault!);
            _dry.TakeOver();
            _timer.Restart();
        }

        _block++;
        _frame += block.Frames;
        return peak;
    }

    /// <summary>Forgets everything heard.</summary>
    /// <param name="frame">The frame of the line that comes next, a whole number of cells of the grid.</param>
    public void Reset(long frame = 0)
    {
        _dry.Reset();
        _gate.Reset();
        _offset.Reset();
        _reduction?.Reset();
        _modulation?.Reset(frame);
        _late?.Clear();
        _block = 0;
        _frame = 0;
        if (_effect is not { } effect)
            return;
        _isBroken = false;
        if (_setup.IsWatched && _remote is null)
            Try("Reset", effect.Reset, "threw on Reset");
        else
            ResetHere(effect);
    }

    // Without the delegates of a watched call: nothing is allocated between blocks.
    private void ResetHere(IEffect effect)
    {
        try
        {
            effect.Reset();
        }
        catch (Exception e)
        {
            Thrown words = Thrown.Of(e);
            Leave(FaultCause.Threw, $"threw on Reset ({words.What})", -1, words.Trace);
            Report(Fault!);
        }
    }

    /// <summary>Takes the effect's place from the block on that it did not return. The block is to be processed once
    /// more.</summary>
    /// <param name="stuck">The call.</param>
    /// <param name="input">What it was given.</param>
    public void GiveUp(StuckEffect stuck, in AudioBlock input) => GiveUp(stuck, _block, Copy(input));

    /// <summary>Runs silence through the effect and resets it; what it does wrong here it will do wrong in the
    /// line.</summary>
    /// <param name="silence">Memory for the largest block, with the canary's room on both sides.</param>
    public void WarmUp(AudioBuffer silence)
    {
        Try("its first block", () =>
        {
            silence.Clear();
            AudioBlock block = silence.Block(Canary.Frames, silence.Frames - (2 * Canary.Frames));
            if (_effect is null)
                return;
            Run(block, block);
            if (_remote is null || !HasFailed(_remote))
                _effect.Reset();
        }, "threw while it was warmed up");
        _modulation?.Reset();
        _late?.Clear();
        _reduction?.Reset();
    }

    /// <summary>Tells the host's memory of faults how the line went.</summary>
    public void LineEnded()
    {
        if (IsActive && Fault is null)
            _setup.Quarantine?.Behaved(_plan.EffectId, _plan.EffectVersion);
    }

    private float Dry(in AudioBlock block, in AudioBlock input, in AudioBlock output)
    {
        _dry.Replace(block, input);
        float peak = PeakLevel.Of(block, output);
        _timer.Restart();
        return peak;
    }

    private float Wet(in AudioBlock block, float inputPeak, in AudioBlock input, in AudioBlock output)
    {
        _gate.Note(inputPeak, block.Frames);
        Thrown? thrown = null;
        WatchedWork? work = _remote is null ? _share.Work : null;
        long call = work?.Enter() ?? 0;
        _canary?.Note(block);
        if (_timer.Looks)
            _allocations.Begin();
        try
        {
            Run(block, input);
        }
        catch (Exception e)
        {
            thrown = Thrown.Of(e);
        }

        // Has somebody else gone on without it by now, nothing here is this thread's to touch any more.
        work?.Leave(call);
        bool wroteOutside = _canary?.Restore(block) ?? false;
        if (thrown is { } words)
            return Repair(block, input, output, FaultCause.Threw, $"threw {words.What}", words.Trace);
        if (wroteOutside)
            return Repair(block, input, output, FaultCause.WroteOutside, Outside());
        if (_remote is not null && Settle(_remote, block, input, output) is { } dry)
            return dry;
        if (_timer.Looks && _remote is null)
            _allocations.End();
        float peak = PeakLevel.Of(block, output);
        if (peak <= _gate.Limit)
            return _share.SeeksOffset ? WithoutOffset(block, peak, input, inputPeak, output) : peak;
        return float.IsPositiveInfinity(peak)
            ? Repair(block, input, output, FaultCause.NotFinite, "returned samples that are not numbers")
            : Repair(block, input, output, FaultCause.Runaway, _gate.Describe(peak));
    }

    private void Run(in AudioBlock block, in AudioBlock input)
    {
        if (_modulation is null)
            RunPart(block);
        else
            RunMoving(block, input, _modulation);
    }

    private void RunMoving(in AudioBlock block, in AudioBlock input, SlotModulation modulation)
    {
        modulation.Begin();
        for (int at = 0; at < block.Frames;)
        {
            int frames = modulation.MoveOn(_effect!, block.Frames - at);
            AudioBlock part = block.Slice(at, frames);
            RunPart(part);
            if (modulation.Mixes)
            {
                Span<float> shares = _scratch.AsSpan(0, frames);
                modulation.Shares(shares);
                _dry.Mix(part, input, at, shares);
            }

            modulation.Advance(frames);
            at += frames;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunPart(in AudioBlock block)
    {
        _process!(block);
        if (_reduction is not null && !_share.IsOver)
            _reduction.Add(_reducer!.LastReduction, block.Frames);
        if (_late is not null)
            Delay(block, _late);
    }

    private void Delay(in AudioBlock block, FixedDelay late)
    {
        Span<float> before = _scratch.AsSpan(0, block.Frames);
        for (int channel = 0; channel < block.Channels; channel++)
        {
            block[channel].CopyTo(before);
            late.Process(channel, before, block[channel]);
        }
    }
}
