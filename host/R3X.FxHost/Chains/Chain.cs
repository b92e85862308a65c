using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Chains;

/// <summary>
/// An immutable list of prepared, guarded slots. Prepared off the audio path; from then on
/// <see cref="Process"/> neither allocates nor locks nor throws. One line at a time.
/// </summary>
public sealed class Chain
{
    private readonly Slot[] _slots;
    private readonly ChainSetup _setup;
    private readonly SlotsShare _share;
    private readonly DcBlocker? _blocker;
    private readonly GainStage _reference;
    private readonly GainStage _match;
    private readonly int _matchPoint;
    private readonly bool _endsInLimiter;
    private readonly LineLevel? _level;
    private SlotsShare? _lateShare;
    private Stretch _stretch;
    private int _begun;

    private Chain(ChainPlan plan, ChainSetup setup, SlotsShare share, Slot[] slots, LineLevel? level)
    {
        Plan = plan;
        _setup = setup;
        _share = share;
        _slots = slots;
        _level = level;
        // At 0 dB a line passes bit for bit.
        bool isRaised = setup.IsLevelled && setup.Reference is not { StartDb: 0, Follower: null };
        _blocker = isRaised ? new DcBlocker(setup.Format) : null;
        _reference = new GainStage(setup.Reference);
        _match = new GainStage(setup.Match);
        _matchPoint = plan.MatchPoint;
        _endsInLimiter = slots.Length > 0 && slots[^1].Plan.Role == EffectRole.Limiter;
        LatencyFrames = slots.Sum(slot => slot.Timing.LatencyFrames);
        TailFrames = (int)Math.Min(int.MaxValue, slots.Sum(slot => (long)slot.Timing.TailFrames));
        Notes = [.. slots.SelectMany(slot => slot.Notes)];
    }

    /// <summary>What it was built from.</summary>
    public ChainPlan Plan { get; }

    /// <summary>The format blocks come in.</summary>
    public AudioFormat Format => _setup.Format;

    /// <summary>The largest block <see cref="Process"/> takes.</summary>
    public int MaxFrames => _setup.MaxFrames;

    /// <summary>Frames by which the output is later than the input: the slots' latencies added up.</summary>
    public int LatencyFrames { get; }

    /// <summary>Frames after the last input and the latency until nothing is left to hear, at most.</summary>
    public int TailFrames { get; }

    /// <summary>What effects found worth saying, such as a filter that is transparent at this rate.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>How each slot fares, in order. Read it between blocks.</summary>
    public IReadOnlyList<SlotReport> Slots => [.. _slots.Select(slot => new SlotReport(
        slot.Plan.Step, slot.Plan.EffectId, slot.Timing.LatencyFrames, slot.Timing.TailFrames, slot.ProcessingTime, slot.IsActive, slot.Reduction, slot.Start, slot.Fault))];

    /// <summary>Makes and prepares every effect of a plan. An effect that cannot be made leaves its slot dry.</summary>
    /// <param name="plan">The steps.</param>
    /// <param name="setup">The line's format, seed and clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate outside 8 to 96 kHz, no channel, or no frames a block.</exception>
    public static Chain Prepare(ChainPlan plan, ChainSetup setup)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentOutOfRangeException.ThrowIfLessThan(setup.Format.SampleRate, AudioFormat.MinimumSampleRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(setup.Format.SampleRate, AudioFormat.MaximumSampleRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(setup.Format.Channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(setup.MaxFrames, 1);
        LineLevel? level = plan.Amount.Movement is FollowLoudness || plan.Slots.Any(SlotMovement.Listens)
            ? new LineLevel(setup.Format, setup.MaxFrames)
            : null;
        var share = new SlotsShare(setup);
        Slot[] slots = [.. plan.Slots.Select(slot => Slot.Prepare(slot, plan, setup, share, level))];
        return new Chain(plan, setup, share, slots, level);
    }

    /// <summary>
    /// Has blocks leave in front of the gain at <see cref="ChainPlan.MatchPoint"/>, until they are to go on: a line can be kept there
    /// whole while that gain is sought. Before the first block; not where <see cref="ChainPlan.ListensBehindMatch"/>.
    /// </summary>
    internal void StopAtMatch() => _stretch = Stretch.ToMatch;

    /// <summary>Takes the blocks that left at the match point, from the line's first on, the rest of the way. Between blocks.</summary>
    /// <param name="decibels">The gain there, in dB.</param>
    internal void GoOnFromMatch(double decibels)
    {
        _match.Set(decibels);
        _stretch = Stretch.FromMatch;
        _begun = _matchPoint;
        _lateShare = null;
    }

    /// <summary>
    /// The same with a gain that is not sure yet: until <see cref="Land"/> the blocks may have to go on from there once more, with
    /// another, and faults are kept back. Allocates.
    /// </summary>
    /// <param name="decibels">The gain there, in dB.</param>
    internal void TryFromMatch(double decibels)
    {
        foreach (ref Slot slot in _slots.AsSpan(_matchPoint))
            slot = slot.OnTrial(_share);
        GoOnFromMatch(decibels);
    }

    /// <summary>What was tried is the line.</summary>
    internal void Land()
    {
        foreach (Slot slot in _slots.AsSpan(_matchPoint))
            slot.Stand();
    }

    /// <summary>
    /// Divides the slots between <see cref="Begin"/> and <see cref="Finish"/>, so that both work as long, by what each slot took so far: from
    /// now on one thread may begin a block while another finishes the one before. Behind the match point there is little left but for
    /// what becomes of the blocks, which the other thread has alone. Between blocks.
    /// </summary>
    /// <returns>Whether that can be: no gain follows another, and no setting the line's level.</returns>
    internal bool TrySplit()
    {
        if (_setup.Reference.Follower is not null || _setup.Match.Follower is not null || _level is not null)
            return false;
        if (_stretch == Stretch.FromMatch)
        {
            _begun = End;
            return true;
        }

        Span<Slot> slots = _slots.AsSpan(0, End);
        TimeSpan half = TimeSpan.Zero;
        foreach (Slot slot in slots)
            half += slot.ProcessingTime / 2;
        TimeSpan before = TimeSpan.Zero;
        // The middle lies inside a slot; that goes to where more of it is.
        for (int i = 0; i < slots.Length - 1 && before + (_slots[i].ProcessingTime / 2) <= half; i++)
        {
            before += _slots[i].ProcessingTime;
            _begun = i + 1;
        }

        _lateShare = new SlotsShare(_setup);
        foreach (Slot slot in slots[_begun..])
            slot.ShareWith(_lateShare);
        return true;
    }

    /// <summary>Processes a block in place. Audio thread.</summary>
    /// <param name="block">1 to <see cref="MaxFrames"/> frames in <see cref="Format"/>.</param>
    /// <exception cref="ArgumentException">A block of another shape.</exception>
    public void Process(AudioBlock block) => Finish(block, Begin(block));

    /// <summary>Takes a block through the slots in front of the division; <see cref="Finish"/> must follow.</summary>
    /// <param name="block">As for <see cref="Process"/>.</param>
    /// <returns>The block's peak.</returns>
    internal float Begin(in AudioBlock block)
    {
        if (block.Channels != Format.Channels || block.Frames < 1 || block.Frames > MaxFrames)
            throw new ArgumentException($"A block of {block.Channels} channels and {block.Frames} frames does not fit a chain for {Format.Channels} channels and 1 to {MaxFrames} frames.", nameof(block));
        _share.Timer.Begin(block.Frames, _lateShare is null ? _slots.Length : _begun);
        bool goesOn = _stretch == Stretch.FromMatch;
        float peak = goesOn ? PeakScan.Of(block) : InputRepair.Apply(block);
        if (!goesOn)
        {
            peak = _blocker?.Process(block) ?? peak;
            _level?.Hear(block);
            peak = _reference.Process(block, peak);
        }

        peak = PassEarly(block, peak, goesOn ? _matchPoint : 0);
        if (_begun == End)
            Leave(block, peak);
        return peak;
    }

    /// <summary>Takes a block that was begun through the other slots. Blocks keep their order.</summary>
    /// <param name="block">The block.</param>
    /// <param name="peak">Its peak.</param>
    internal void Finish(in AudioBlock block, float peak)
    {
        if (_begun == End)
            return;
        SlotsShare share = _lateShare ?? _share;
        _lateShare?.Timer.Begin(block.Frames, End - _begun);
        peak = Pass(share, block, peak, _begun, End);
        Leave(block, peak);
    }

    private void Leave(in AudioBlock block, float peak)
    {
        if (_stretch == Stretch.ToMatch)
            return;
        if (_matchPoint == _slots.Length)
            peak = _match.Process(block, peak);
        if (!_endsInLimiter || !_slots[^1].IsHeardAlone)
            SafetyClamp.Apply(block, peak);
    }

    private int End => _stretch == Stretch.ToMatch ? _matchPoint : _slots.Length;

    private float PassEarly(in AudioBlock block, float peak, int first) =>
        first == _begun ? peak : Pass(_share, block, peak, first, _begun);

    // What the slot at work was given, and what it gave, lie where all lines of the thread have them, so they are in the processor's
    // cache, however many there are.
    [SkipLocalsInit]
    private float Pass(SlotsShare share, in AudioBlock block, float peak, int first, int end)
    {
        int channels = block.Channels;
        int stride = (block.Frames + StackMemory.Spare - 1) / StackMemory.Spare * StackMemory.Spare;
        Span<float> memory = share.Blocks.Length > 0 ? share.Blocks : StackMemory.Aligned(stackalloc float[StackMemory.Spare + (2 * channels * stride)]);
        var one = new AudioBlock(memory, channels, stride, block.Frames);
        var other = new AudioBlock(memory[(channels * stride)..], channels, stride, block.Frames);
        bool isOdd = false;
        block.CopyTo(one);
        for (int i = first; i < end; i++)
        {
            if (i == _matchPoint)
            {
                peak = _match.Process(block, peak);
                block.CopyTo(isOdd ? other : one);
            }

            // What one slot gave is what the next one is given.
            peak = isOdd ? _slots[i].Process(block, peak, other, one) : _slots[i].Process(block, peak, one, other);
            isOdd = !isOdd;
        }

        return peak;
    }

    /// <summary>Forgets everything heard, for a new line with the same settings. Effects that were quarantined stay so.</summary>
    public void Reset() => Reset(0);

    /// <summary>Forgets everything heard, to begin inside a line.</summary>
    /// <param name="frame">The frame of the line that comes next, a whole number of cells of <see cref="ParameterGrid"/>.</param>
    internal void Reset(long frame)
    {
        _level?.Reset();
        _blocker?.Reset();
        _reference.Reset();
        _match.Reset();
        foreach (Slot slot in _slots)
            slot.Reset(frame);
    }

    /// <summary>
    /// Runs silence through every effect and resets, so that code is compiled and memory touched before the first sample
    /// matters. Off the audio path.
    /// </summary>
    public void WarmUp()
    {
        var silence = new AudioBuffer(Format.Channels, MaxFrames);
        foreach (Slot slot in _slots)
            slot.WarmUp(silence);
    }

    /// <summary>Says that only the silence follows in which the line rings out. Between blocks.</summary>
    internal void InputEnds() => _blocker?.End();

    /// <summary>Says that the line is over, so that effects that behaved are cleared of earlier faults.</summary>
    public void LineEnded()
    {
        foreach (Slot slot in _slots)
            slot.LineEnded();
    }

    /// <summary>How much of the way blocks go at once.</summary>
    private enum Stretch
    {
        Whole,
        ToMatch,
        FromMatch,
    }
}
