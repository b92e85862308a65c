using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Chains;

/// <summary>
/// An effect and its guard. Whatever the effect does, what comes out is sound: its own while it behaves, from then
/// on its input at the same delay.
/// </summary>
internal sealed class Slot
{
    private readonly SlotPlan _plan;
    private readonly ChainPlan _chain;
    private readonly ChainSetup _setup;
    private SlotTimer _timer;
    private readonly TimeBudget _budget;
    private readonly DryPath _dry;
    private readonly LineReduction? _reduction;
    private readonly SlotMovement? _movement;
    private readonly FixedDelay? _late;
    private readonly float[] _scratch = [];
    private readonly IGainReducer? _reducer;
    private RunawayGate _gate;
    private IEffect? _effect;

    // The same effect's, without a look-up: a call of the interface, made at one place for effects of many types, is looked up in a table.
    private ProcessBlock? _process;
    private bool _isTrial;
    private long _block;
    private long _frame;

    private Slot(
        SlotPlan plan, ChainPlan chain, ChainSetup setup, SlotsShare share, IEffect? effect, EffectTiming timing,
        IReadOnlyList<string> notes, SlotMovement? movement = null, int lateFrames = 0)
    {
        _plan = plan;
        _chain = chain;
        _setup = setup;
        _effect = effect;
        _process = effect is null ? null : effect.Process;
        _reducer = effect as IGainReducer;
        _reduction = _reducer is null ? null : new LineReduction();
        _movement = movement;
        _late = lateFrames > 0 ? new FixedDelay(setup.Format.Channels, lateFrames) : null;
        _scratch = lateFrames > 0 || movement?.Mixes == true ? new float[setup.MaxFrames] : [];
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

    /// <summary>
    /// What each setting is at the line's first sample, with all of the chain; empty where the effect was not
    /// prepared.
    /// </summary>
    public IReadOnlyList<double> Start { get; private init; } = [];

    /// <summary>By how much the effect turned the line down while it was heard; null when it does not say.</summary>
    public GainReduction? Reduction => _reduction?.Reading;

    public TimeSpan ProcessingTime => _budget.Total;

    public SlotFault? Fault { get; private set; }

    /// <summary>Whether the effect is what is heard.</summary>
    public bool IsActive => _effect is not null;

    /// <summary>Whether it is heard without its input beside it.</summary>
    public bool IsHeardAlone => IsActive && _movement?.Mixes != true;

    /// <summary>Makes and prepares the effect; a slot whose effect cannot be made is dry from the start.</summary>
    /// <param name="plan">The step.</param>
    /// <param name="chain">The chain it is of.</param>
    /// <param name="setup">The line's.</param>
    /// <param name="share">What the chain's slots share.</param>
    /// <param name="level">The line's level; null where no slot goes by it.</param>
    public static Slot Prepare(SlotPlan plan, ChainPlan chain, ChainSetup setup, SlotsShare share, LineLevel? level)
    {
        if (!IsAdmitted(plan, setup))
        {
            return new Slot(plan, chain, setup, share, null, EffectTiming.Immediate,
                [$"\"{plan.Step}\" ({plan.EffectId}) sits this line out after its faults in earlier ones."]);
        }

        return Make(plan, chain, setup, share, level);
    }

    private static Slot Make(SlotPlan plan, ChainPlan chain, ChainSetup setup, SlotsShare share, LineLevel? level)
    {
        try
        {
            IEffect effect = plan.Create();
            // Two steps with the same effect draw differently, and a step draws the same wherever it stands.
            ulong seed = LineSeed.Of(setup.Seed, plan.Step);
            bool isLastLimiter = chain.MatchPoint is var last && last < chain.Slots.Count
                && ReferenceEquals(plan, chain.Slots[last]);
            SettingValue amount = isLastLimiter && setup.IsLevelled ? ChainPlan.AmountParameter.Default
                : LineDraw.Settle(chain.Amount, ChainPlan.AmountParameter, "", setup.Seed);
            double[] values = SlotMovement.Start(plan, setup.Format, setup.Seed);
            double amountAtFirst = SlotMovement.Start(ChainPlan.AmountParameter, amount, setup.Format);
            double[] start = isLastLimiter ? values : AmountLaw.Scale(plan, values, amountAtFirst);
            EffectSetup With(double[] values) =>
                new(setup.Format, setup.MaxFrames, chain.Quality, seed, plan.Parameters, values) { Curve = plan.Curve };
            EffectSetup effectSetup = With(start);
            EffectTiming timing = effect.Prepare(effectSetup);
            if (timing.LatencyFrames < 0 || timing.TailFrames < 0 || timing.LatencyFrames > setup.Format.SampleRate * 10)
            {
                return Refused(plan, chain, setup, share,
                    $"declared a latency of {timing.LatencyFrames} and a tail of {timing.TailFrames} frames, "
                    + "which cannot be");
            }

            var movement = SlotMovement.Of(plan, values, amount, isLastLimiter, setup.Format, level);
            if (movement is not null)
            {
                int Tail(double[] tried) => plan.Create().Prepare(With(tried)).TailFrames;
                int tail = WorstTail.Of(plan, amount, values, start, timing.TailFrames, Tail);
                timing = timing with { TailFrames = tail };
            }

            if (amount is { Movement: null, Still: 0 })
                timing = timing with { TailFrames = 0 };

            // A chain is as late with little of it as with all.
            int latency = values.SequenceEqual(start) ? 0 : plan.Create().Prepare(With(values)).LatencyFrames;
            int late = Math.Max(0, latency - timing.LatencyFrames);
            timing = timing with { LatencyFrames = timing.LatencyFrames + late };
            return new Slot(plan, chain, setup, share, effect, timing, [.. effectSetup.Notes], movement, late)
            {
                Start = values,
            };
        }
        catch (Exception e)
        {
            return Refused(plan, chain, setup, share, $"could not be prepared ({Describe(e)})");
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
        _late?.Clear();
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
    /// <param name="share">What the chain's slots share.</param>
    public Slot OnTrial(SlotsShare share)
    {
        if (!IsActive && !_isTrial)
            return this;
        Slot slot = Make(_plan, _chain, _setup, share, null);
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
            AudioBlock block = silence.Block(silence.Frames);
            if (_effect is not null)
                Run(block, block);
            _movement?.Reset();
            _late?.Clear();
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
            Run(block, input);
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

    private void Run(in AudioBlock block, in AudioBlock input)
    {
        if (_movement is null)
            RunPart(block);
        else
            RunMoving(block, input, _movement);
    }

    private void RunMoving(in AudioBlock block, in AudioBlock input, SlotMovement movement)
    {
        movement.Begin();
        for (int at = 0; at < block.Frames;)
        {
            int frames = movement.MoveOn(_effect!, block.Frames - at);
            AudioBlock part = block.Slice(at, frames);
            RunPart(part);
            if (movement.Mixes)
            {
                Span<float> shares = _scratch.AsSpan(0, frames);
                movement.Shares(shares);
                _dry.Mix(part, input, at, shares);
            }

            movement.Advance(frames);
            at += frames;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunPart(in AudioBlock block)
    {
        _process!(block);
        _reduction?.Add(_reducer!.LastReduction, block.Frames);
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
        Fault = new SlotFault(
            _chain.PresetId, _plan.Step, _plan.EffectId, _plan.EffectVersion, cause, detail, block, _frame);
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

    private static Slot Refused(SlotPlan plan, ChainPlan chain, ChainSetup setup, SlotsShare share, string detail)
    {
        var slot = new Slot(plan, chain, setup, share, null, EffectTiming.Immediate, []);
        slot.Leave(FaultCause.CouldNotPrepare, detail, -1);
        return slot;
    }

    // The exception is the plugin's own object: its text is kept, itself not.
    private static string Describe(Exception e) => $"{e.GetType().Name}: {e.Message}";
}
