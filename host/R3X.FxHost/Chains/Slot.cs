using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// An effect and its guard. Whatever the effect does, what comes out is sound: its own while it behaves, from then
/// on its input at the same delay.
/// </summary>
internal sealed class Slot
{
    private readonly SlotPlan _plan;
    private readonly string _presetId;
    private readonly ChainSetup _setup;
    private SlotTimer _timer;
    private readonly TimeBudget _budget;
    private readonly DryPath _dry;
    private readonly LineReduction? _reduction;
    private readonly SlotMovement? _movement;
    private readonly IGainReducer? _reducer;
    private RunawayGate _gate;
    private IEffect? _effect;

    // The same effect's, without a look-up: a call of the interface, made at one place for effects of many types, is looked up in a table.
    private ProcessBlock? _process;
    private bool _isTrial;
    private long _block;
    private long _frame;

    private Slot(SlotPlan plan, string presetId, ChainSetup setup, SlotsShare share, IEffect? effect, EffectTiming timing, IReadOnlyList<string> notes, SlotMovement? movement = null)
    {
        _plan = plan;
        _presetId = presetId;
        _setup = setup;
        _effect = effect;
        _process = effect is null ? null : effect.Process;
        _reducer = effect as IGainReducer;
        _reduction = _reducer is null ? null : new LineReduction();
        _movement = movement;
        Timing = timing;
        Notes = notes;
        _timer = share.Timer;
        _budget = new TimeBudget(setup, share.Timer);
        _dry = new DryPath(setup.Format, timing.LatencyFrames);
        _gate = new RunawayGate(setup.Format, timing);
    }

    private delegate void ProcessBlock(AudioBlock block);

    public SlotPlan Plan => _plan;

    public EffectTiming Timing { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <summary>What each setting is at the line's first sample; empty where the effect was not prepared.</summary>
    public IReadOnlyList<double> Start { get; private init; } = [];

    /// <summary>By how much the effect turned the line down while it was heard; null when it does not say.</summary>
    public GainReduction? Reduction => _reduction?.Reading;

    public TimeSpan ProcessingTime => _budget.Total;

    public SlotFault? Fault { get; private set; }

    /// <summary>Whether the effect is what is heard.</summary>
    public bool IsActive => _effect is not null;

    /// <summary>Makes and prepares the effect; a slot whose effect cannot be made is dry from the start.</summary>
    /// <param name="plan">The step.</param>
    /// <param name="presetId">The preset, for reports.</param>
    /// <param name="quality">How much work a sample is worth.</param>
    /// <param name="setup">The line's.</param>
    /// <param name="share">The chain's.</param>
    /// <param name="level">The line's level; null where no slot goes by it.</param>
    public static Slot Prepare(SlotPlan plan, string presetId, RenderQuality quality, ChainSetup setup, SlotsShare share, LineLevel? level)
    {
        if (!IsAdmitted(plan, setup))
            return new Slot(plan, presetId, setup, share, null, EffectTiming.Immediate, [$"\"{plan.Step}\" ({plan.EffectId}) sits this line out after its faults in earlier ones."]);
        return Make(plan, presetId, quality, setup, share, level);
    }

    private static Slot Make(SlotPlan plan, string presetId, RenderQuality quality, ChainSetup setup, SlotsShare share, LineLevel? level)
    {
        try
        {
            IEffect effect = plan.Create();
            // Two steps with the same effect draw differently, and a step draws the same wherever it stands.
            ulong seed = LineSeed.Of(setup.Seed, plan.Step);
            double[] start = SlotMovement.Start(plan, setup.Format, setup.Seed);
            EffectSetup With(double[] values) =>
                new(setup.Format, setup.MaxFrames, quality, seed, plan.Parameters, values) { Curve = plan.Curve };
            EffectSetup effectSetup = With(start);
            EffectTiming timing = effect.Prepare(effectSetup);
            if (timing.LatencyFrames < 0 || timing.TailFrames < 0 || timing.LatencyFrames > setup.Format.SampleRate * 10)
                return Refused(plan, presetId, setup, share, $"declared a latency of {timing.LatencyFrames} and a tail of {timing.TailFrames} frames, which cannot be");
            var movement = SlotMovement.Of(plan, setup.Format, level);
            if (movement is not null)
                timing = timing with { TailFrames = WorstTail.Of(plan, start, timing.TailFrames, values => plan.Create().Prepare(With(values)).TailFrames) };
            return new Slot(plan, presetId, setup, share, effect, timing, [.. effectSetup.Notes], movement) { Start = start };
        }
        catch (Exception e)
        {
            return Refused(plan, presetId, setup, share, $"could not be prepared ({Describe(e)})");
        }
    }

    /// <summary>Processes a block in place.</summary>
    /// <param name="block">1 to MaxFrames frames.</param>
    /// <param name="inputPeak">The block's peak.</param>
    /// <param name="input">The same frames once more, in other memory.</param>
    /// <param name="output">Other memory, where what comes out will be once more.</param>
    /// <returns>The peak of what came out.</returns>
    public float Process(in AudioBlock block, float inputPeak, in AudioBlock input, in AudioBlock output)
    {
        float peak = _effect is null ? Dry(block, input, output) : Wet(block, inputPeak, input, output);
        string? tooSlow = _timer.Looks && _effect is not null ? _budget.Stop(block.Frames) : null;
        _dry.Advance(input, block);
        if (tooSlow is not null)
        {
            // This block came late but came right; the next one is the first without the effect.
            Leave(FaultCause.TooSlow, tooSlow, _block);
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
        _reduction?.Reset();
        _movement?.Reset(frame);
        _block = 0;
        _frame = 0;
        try
        {
            _effect?.Reset();
        }
        catch (Exception e)
        {
            Leave(FaultCause.Threw, $"threw on Reset ({Describe(e)})", -1);
        }
    }

    /// <summary>
    /// The same slot at a line's first frame, with an effect of its own; one that has left its effect stays dry. What it does wrong is on
    /// nobody's record until <see cref="Stand"/>. Between blocks; allocates.
    /// </summary>
    /// <param name="quality">How much work a sample is worth.</param>
    /// <param name="share">The chain's.</param>
    public Slot OnTrial(RenderQuality quality, SlotsShare share)
    {
        if (!IsActive && !_isTrial)
            return this;
        Slot slot = Make(_plan, _presetId, quality, _setup, share, null);
        slot._isTrial = slot.Fault is null;
        return slot;
    }

    /// <summary>Ends a trial: what happened in it happened to the line.</summary>
    public void Stand()
    {
        if (_isTrial && Fault is { } fault)
            Report(fault);
        _isTrial = false;
    }

    /// <summary>Shares with others from now on, for a thread of their own. Between blocks; allocates.</summary>
    public void ShareWith(SlotsShare share)
    {
        _timer = share.Timer;
        _budget.Timer = share.Timer;
    }

    /// <summary>Runs silence through the effect and resets it; what it does wrong here it will do wrong in the line.</summary>
    public void WarmUp(AudioBuffer silence)
    {
        try
        {
            silence.Clear();
            if (_effect is not null)
                Run(silence.Block(silence.Frames));
            _movement?.Reset();
            _reduction?.Reset();
            _effect?.Reset();
        }
        catch (Exception e)
        {
            Leave(FaultCause.Threw, $"threw while it was warmed up ({Describe(e)})", -1);
        }
    }

    /// <summary>Tells the host's memory of faults how the line went.</summary>
    public void LineEnded()
    {
        if (IsActive)
            _setup.Quarantine?.Behaved(_plan.EffectId, _plan.EffectVersion);
    }

    private float Dry(in AudioBlock block, in AudioBlock input, in AudioBlock output)
    {
        _dry.Replace(block, input);
        float peak = PeakScan.Of(block, output);
        _timer.Restart();
        return peak;
    }

    private float Wet(in AudioBlock block, float inputPeak, in AudioBlock input, in AudioBlock output)
    {
        _gate.Note(inputPeak, block.Frames);
        try
        {
            Run(block);
        }
        catch (Exception e)
        {
            return Repair(block, input, output, FaultCause.Threw, $"threw {Describe(e)}");
        }

        float peak = PeakScan.Of(block, output);
        if (peak <= _gate.Limit)
            return peak;
        return float.IsPositiveInfinity(peak)
            ? Repair(block, input, output, FaultCause.NotFinite, "returned samples that are not numbers")
            : Repair(block, input, output, FaultCause.Runaway, _gate.Describe(peak));
    }

    private void Run(in AudioBlock block)
    {
        if (_movement is null)
            RunPart(block);
        else
            RunMoving(block, _movement);
    }

    private void RunMoving(in AudioBlock block, SlotMovement movement)
    {
        movement.Begin();
        for (int at = 0; at < block.Frames;)
        {
            int frames = movement.MoveOn(_effect!, block.Frames - at);
            RunPart(block.Slice(at, frames));
            movement.Advance(frames);
            at += frames;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunPart(in AudioBlock block)
    {
        _process!(block);
        _reduction?.Add(_reducer!.LastReduction, block.Frames);
    }

    private float Repair(in AudioBlock block, in AudioBlock input, in AudioBlock output, FaultCause cause, string detail)
    {
        _dry.TakeOver();
        Leave(cause, detail, _block);
        return Dry(block, input, output);
    }

    private void Leave(FaultCause cause, string detail, long block)
    {
        _effect = null;
        _process = null;
        Fault = new SlotFault(_presetId, _plan.Step, _plan.EffectId, _plan.EffectVersion, cause, detail, block, _frame);
        if (!_isTrial)
            Report(Fault);
    }

    private void Report(SlotFault fault)
    {
        if (_setup.IsRehearsal)
            return;
        _setup.Quarantine?.Faulted(fault);
        _setup.OnFault?.Invoke(fault);
    }

    private static bool IsAdmitted(SlotPlan plan, ChainSetup setup) =>
        setup.Quarantine is not { } quarantine
        || (setup.IsRehearsal ? quarantine.WouldAdmit(plan.EffectId, plan.EffectVersion) : quarantine.Admits(plan.EffectId, plan.EffectVersion));

    private static Slot Refused(SlotPlan plan, string presetId, ChainSetup setup, SlotsShare share, string detail)
    {
        var slot = new Slot(plan, presetId, setup, share, null, EffectTiming.Immediate, []);
        slot.Leave(FaultCause.CouldNotPrepare, detail, -1);
        return slot;
    }

    // The exception is the plugin's own object: its text is kept, itself not.
    private static string Describe(Exception e) => $"{e.GetType().Name}: {e.Message}";
}
