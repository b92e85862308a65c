using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Chains;

/// <summary>
/// An immutable list of prepared, guarded slots. Prepared off the audio path; from then on
/// <see cref="Process"/> neither allocates nor locks nor throws. One line at a time.
/// </summary>
public sealed class Chain
{
    // 16 KB of each of both: four channels of the usual block.
    private const int MostOnStack = 8_192;

    // Tenths of a second with a constant in them, until it is sought which slot adds it.
    private const int PartsWithOffset = 3;

    private const double ListenMilliseconds = 50;

    private readonly Slot[] _slots;
    private readonly ChainSetup _setup;
    private readonly SlotsShare _share;
    private readonly DcBlocker? _blocker;
    private readonly GainStage _reference;
    private readonly GainStage _match;
    private readonly int _matchPoint;
    private readonly bool _endsInLimiter;
    private readonly LineLevel? _level;
    private readonly WatchedChain? _watched;
    private readonly OffsetDetector _offset;
    private float[]? _aside;
    private AudioBuffer? _started;
    private Stretch _stretch;

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
        _offset = new OffsetDetector(setup.Format, PartsWithOffset);
        _watched = setup.IsWatched ? new WatchedChain(this, setup) : null;
    }

    /// <summary>What it was built from.</summary>
    public ChainPlan Plan { get; }

    /// <summary>The format blocks come in.</summary>
    public AudioFormat Format => _setup.Format;

    /// <summary>The largest block <see cref="Process"/> takes.</summary>
    public int MaxFrames => _setup.MaxFrames * _setup.PiecesAtOnce;

    /// <summary>Frames by which the output is later than the input: the slots' latencies added up.</summary>
    public int LatencyFrames { get; }

    /// <summary>Frames after the last input and the latency until nothing is left to hear, at most.</summary>
    public int TailFrames { get; }

    /// <summary>What is worth saying of effects, by themselves, such as a filter that is transparent at this rate, or
    /// by their guard, such as memory allocated on the audio thread. Read it between blocks.</summary>
    public IReadOnlyList<string> Notes => [.. _slots.SelectMany(slot => slot.Notes)];

    /// <summary>How each slot fares, in order. Read it between blocks.</summary>
    public IReadOnlyList<SlotReport> Slots => [.. _slots.Select(slot => new SlotReport(
        slot.Plan.Step, slot.Plan.EffectId, slot.Timing.LatencyFrames, slot.Timing.TailFrames, slot.ProcessingTime,
            slot.IsActive, slot.Reduction, slot.Start, slot.Fault))];

    /// <summary>Tells what its slots do now, for meters. Between blocks; allocates.</summary>
    /// <param name="reductions">Gets by how much each turned the line down since it was asked last, in dB.</param>
    /// <param name="settings">Gets where settings that move are, by step and setting, each in its unit.</param>
    internal void Read(IDictionary<string, double> reductions, IDictionary<string, double> settings)
    {
        foreach (Slot slot in _slots)
            slot.Read(reductions, settings);
    }

    /// <summary>Makes and prepares every effect of a plan. An effect that cannot be made leaves its slot dry.</summary>
    /// <param name="plan">The steps.</param>
    /// <param name="setup">The line's format, seed and clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate outside 8 to 96 kHz, no channel, or no frames a
    /// block.</exception>
    public static Chain Prepare(ChainPlan plan, ChainSetup setup)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentOutOfRangeException.ThrowIfLessThan(setup.Format.SampleRate, AudioFormat.MinimumSampleRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(setup.Format.SampleRate, AudioFormat.MaximumSampleRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(setup.Format.Channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(setup.MaxFrames, 1);
        LineLevel? level = plan.Amount.Modulation is FollowLoudness || plan.Slots.Any(SlotModulation.Listens)
            ? new LineLevel(setup.Format, setup.MaxFrames)
            : null;
        var share = new SlotsShare(setup);
        Slot[] slots = [.. plan.Slots.Select(slot => Slot.Prepare(slot, plan, setup, share, level))];
        return new Chain(plan, setup, share, slots, level);
    }

    /// <summary>
    /// Has blocks leave in front of the gain at <see cref="ChainPlan.MatchPoint"/>, until they are to go on: a line can
    /// be kept there whole while that gain is sought. Before the first block; not where
    /// <see cref="ChainPlan.ListensBehindMatch"/>.
    /// </summary>
    internal void StopAtMatch() => _stretch = Stretch.ToMatch;

    /// <summary>Takes the blocks that left at the match point, from the line's first on, the rest of the way. Between
    /// blocks.</summary>
    /// <param name="decibels">The gain there, in dB.</param>
    internal void GoOnFromMatch(double decibels)
    {
        _match.Set(decibels);
        _stretch = Stretch.FromMatch;
    }

    /// <summary>Processes a block in place. Audio thread.</summary>
    /// <param name="block">1 to <see cref="MaxFrames"/> frames in <see cref="Format"/>.</param>
    /// <exception cref="ArgumentException">A block of another shape.</exception>
    public void Process(AudioBlock block)
    {
        if (_watched is null)
        {
            Check(block);
            ProcessHere(block);
            return;
        }

        Start(block);
        Finish(block);
    }

    /// <summary>
    /// Processes frames in place. Of a chain that is watched no thread waits for them: that goes on on the thread pool.
    /// </summary>
    /// <param name="buffer">Where they are, in <see cref="Format"/>.</param>
    /// <param name="frames">How many, from its first on: 1 to <see cref="MaxFrames"/>.</param>
    internal ValueTask ProcessAsync(AudioBuffer buffer, int frames)
    {
        Check(buffer.Block(frames));
        if (_watched is not null)
            return _watched.ProcessAsync(buffer, frames);
        ProcessHere(buffer.Block(frames));
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Begins a block; <see cref="Finish"/> must follow before the next. A chain that is watched processes it on
    /// another thread meanwhile.
    /// </summary>
    /// <param name="block">As for <see cref="Process"/>; it is free again when this returns.</param>
    internal void Start(AudioBlock block)
    {
        Check(block);
        if (_watched is not null)
        {
            _watched.Start(block);
            return;
        }

        _started ??= new AudioBuffer(Format.Channels, MaxFrames);
        block.CopyTo(_started.Block(block.Frames));
        ProcessHere(_started.Block(block.Frames));
    }

    /// <summary>Ends the block that was begun.</summary>
    /// <param name="block">As many frames, for what became of them.</param>
    internal void Finish(AudioBlock block)
    {
        if (_watched is not null)
            _watched.Finish(block);
        else
            _started!.Block(block.Frames).CopyTo(block);
    }

    private void Check(in AudioBlock block)
    {
        if (block.Channels != Format.Channels || block.Frames < 1 || block.Frames > MaxFrames)
        {
            throw new ArgumentException(
                $"A block of {block.Channels} channels and {block.Frames} frames does not fit a chain for "
                + $"{Format.Channels} channels and 1 to {MaxFrames} frames.",
                nameof(block));
        }
    }

    // Without a thread of its own: what the slot at work was given, and what it gave, lie where all lines of the thread
    // have them, so they are in the processor's cache, however many there are.
    [SkipLocalsInit]
    private void ProcessHere(AudioBlock block)
    {
        int samples = WatchedBlock.SamplesAside(_setup);
        Span<float> aside = samples <= MostOnStack
            ? StackMemory.Aligned(stackalloc float[StackMemory.Spare + samples])
            : _aside ??= new float[samples];
        for (int at = 0; at < block.Frames; at += _setup.MaxFrames)
            ProcessPiece(block.Slice(at, Math.Min(_setup.MaxFrames, block.Frames - at)), aside, null);
    }

    /// <summary>Takes a piece of a block all the way.</summary>
    /// <param name="piece">1 to <see cref="ChainSetup.MaxFrames"/> frames.</param>
    /// <param name="aside">Memory for <see cref="WatchedBlock.SamplesAside"/>.</param>
    /// <param name="watched">Told which slot is at work; null for nobody.</param>
    internal void ProcessPiece(in AudioBlock piece, Span<float> aside, WatchedBlock? watched)
    {
        _share.Timer.Begin(piece.Frames, _slots.Length);
        bool goesOn = _stretch == Stretch.FromMatch;
        float peak = goesOn ? PeakLevel.Of(piece) : InputSanitizer.Apply(piece);
        if (!goesOn)
        {
            peak = _blocker?.Process(piece) ?? peak;
            _level?.Hear(piece);
            peak = _reference.Process(piece, peak);
        }

        Leave(piece, Pass(piece, peak, goesOn ? _matchPoint : 0, aside, watched));
    }

    /// <summary>Takes a piece the rest of its way, without the effect that did not return.</summary>
    /// <param name="piece">What that slot was given.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="stuck">The call that did not return.</param>
    /// <param name="aside">As for <see cref="ProcessPiece"/>.</param>
    /// <param name="watched">The same.</param>
    internal void GoOnWithout(in AudioBlock piece, int slot, StuckEffect stuck, Span<float> aside, WatchedBlock watched)
    {
        _share.Timer.Begin(piece.Frames, _slots.Length);
        _slots[slot].GiveUp(stuck, piece);
        Leave(piece, Pass(piece, PeakLevel.Of(piece), slot, aside, watched, goesOn: true));
    }

    /// <summary>What the slots share with the thread that works on them.</summary>
    internal SlotsShare Share => _share;

    private void Leave(in AudioBlock block, float peak)
    {
        if (peak > OffsetDetector.Most)
            _share.SeeksOffset |= _offset.Hear(block);
        else
            _offset.Reset();
        if (_stretch == Stretch.ToMatch)
            return;
        if (_matchPoint == _slots.Length)
            peak = _match.Process(block, peak);
        if (!_endsInLimiter || !_slots[^1].IsHeardAlone)
            SafetyClamp.Apply(block, peak);
    }

    private int End => _stretch == Stretch.ToMatch ? _matchPoint : _slots.Length;

    private float Pass(
        in AudioBlock block, float peak, int first, Span<float> aside, WatchedBlock? watched, bool goesOn = false)
    {
        AudioBlock one = WatchedBlock.Aside(aside, block, 0);
        AudioBlock other = WatchedBlock.Aside(aside, block, 1);
        bool isOdd = false;
        block.CopyTo(one);
        for (int i = first; i < End; i++)
        {
            if (i == _matchPoint && !goesOn)
            {
                peak = _match.Process(block, peak);
                block.CopyTo(isOdd ? other : one);
            }

            goesOn = false;
            watched?.Note(i, isOdd);
            // What one slot gave is what the next one is given.
            peak = isOdd ? _slots[i].Process(block, peak, other, one) : _slots[i].Process(block, peak, one, other);
            isOdd = !isOdd;
        }

        return peak;
    }

    /// <summary>Forgets everything heard, for a new line with the same settings. Effects that were quarantined stay
    /// so.</summary>
    public void Reset() => Reset(0);

    /// <summary>Forgets everything heard, to begin inside a line.</summary>
    /// <param name="frame">The frame of the line that comes next, a whole number of cells of
    /// <see cref="ParameterGrid"/>.</param>
    internal void Reset(long frame)
    {
        _share.SeeksOffset = false;
        _offset.Reset();
        _level?.Reset();
        _blocker?.Reset();
        _reference.Reset();
        _match.Reset();
        foreach (Slot slot in _slots)
            slot.Reset(frame);
    }

    /// <summary>
    /// Runs silence through every effect and resets, so that code is compiled and memory touched before the first
    /// sample matters. Off the audio path.
    /// </summary>
    public void WarmUp()
    {
        var silence = new AudioBuffer(Format.Channels, _setup.MaxFrames + (2 * Canary.Frames));
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

    /// <summary>
    /// Listens on for a moment behind the line's last frame, and notes which effect is not done then. Not the audio
    /// path.
    /// </summary>
    internal void ListenBehindEnd()
    {
        _share.IsOver = true;
        int frames = Format.Frames(ListenMilliseconds);
        var silence = new AudioBuffer(Format.Channels, Math.Min(frames, MaxFrames));
        for (int at = 0; at < frames; at += silence.Frames)
        {
            silence.Clear();
            Process(silence.Block(silence.Frames));
        }

        foreach (Slot slot in _slots)
            slot.NoteOverhang();
    }

    /// <summary>
    /// Lets go of the effects, of which those that are <see cref="IDisposable"/> are disposed of; nothing is to be
    /// processed any more. Not the audio path; an effect may take as long for it as for a block.
    /// </summary>
    internal void Close()
    {
        foreach (Slot slot in _slots)
            slot.Close();
    }

    /// <summary>How much of the way blocks go at once.</summary>
    private enum Stretch
    {
        Whole,
        ToMatch,
        FromMatch,
    }
}
