using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Levelling;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Lines;

/// <summary>One line's choice: the plan and why it is that one, the seed, and what went wrong on the way.</summary>
internal sealed class LineChain(ChainPlan plan, string choice, ulong seed, Leveller leveller, Quarantine quarantine,
    List<string> warnings, HostSignals signals, Action<SlotFault>? record)
{
    // A hand-over to where effects are watched takes as long as a light chain takes for a block.
    private const int UnheardPieces = 8;

    // A frame of MP3 is 1,152 frames of sound: it goes through at once.
    private const int LivePieces = 2;

    private readonly List<string> _faults = [];
    private readonly List<SlotFault> _slotFaults = [];

    /// <summary>What the chain is built from.</summary>
    public ChainPlan Plan => plan;

    /// <summary>The preset it is spoken with, by id; <c>dry</c> without effects.</summary>
    public string PresetId => plan.PresetId;

    /// <summary>The preset that says so; null without one.</summary>
    public Preset? Preset { get; init; }

    /// <summary>What <c>host.yaml</c> said when it was chosen.</summary>
    public required HostSettings Settings { get; init; }

    /// <summary>The mood that lights show; null for none.</summary>
    public string? Mood { get; init; }

    /// <summary>How loud the line is to be.</summary>
    public LoudnessTargets Targets => leveller.Targets;

    /// <summary>The gains its chain was prepared with; null before that, or where levels are left alone.</summary>
    public StartingGains? Gains => leveller.Gains;

    /// <summary>What is not as it was meant to be, each a whole sentence.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>Effects that misbehaved so far, each a whole sentence. Any thread.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_faults)
                return [.. _faults];
        }
    }

    /// <summary>Everything random in the line follows from it, the output's dither included.</summary>
    public ulong Seed => seed;

    /// <summary>Whether a line that can be held should be, to be measured first.</summary>
    public bool Measures => leveller.Measures;

    /// <summary>Builds the chain for a line's format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="held">What was held of the line to be measured; null when it is live.</param>
    /// <param name="isUnheard">Whether nobody waits for each of its blocks.</param>
    /// <param name="isLive">Whether its blocks are processed on the thread pool.</param>
    /// <param name="isDryRun">Whether the line is only measured: faults are neither kept nor told.</param>
    /// <param name="cancellation">Gives the line up.</param>
    public LineStart Prepare(AudioFormat format, MeasuredTake? held, bool isUnheard = false, bool isLive = false,
        bool isDryRun = false, CancellationToken cancellation = default)
    {
        var setup = new ChainSetup(format)
        {
            Seed = seed,
            IsLevelled = !Targets.IsEmpty,
            Quarantine = quarantine,
            OnFault = Note,
            IsWatched = true,
            IsDryRun = isDryRun,
            PiecesAtOnce = isUnheard ? UnheardPieces : isLive ? LivePieces : 1,
        };
        return leveller.Prepare(plan, setup, held, cancellation);
    }

    /// <summary>Keeps what the line taught of its speaker, and tells those who watch what it cost, and what cost it its
    /// preset or an effect.</summary>
    /// <param name="result">What passed through the pipeline; null when that is not known.</param>
    /// <param name="isHeard">Whether somebody listened.</param>
    public void End(LineResult? result = null, bool isHeard = false)
    {
        leveller.LineEnded(plan, isWhole: SlotFaults.Length == 0);
        foreach (SlotFault fault in SlotFaults)
            signals.Fault(fault.PresetId, fault.Step, fault.EffectId, fault.EffectVersion, fault.Word,
                fault.What, fault.Outcome, fault.Trace);
        foreach (string warning in warnings)
            signals.Fallback(plan.PresetId, warning);
        if (result?.Chain is { } chain)
        {
            TimeSpan added = Time(chain.LatencyFrames, result.Format) + result.Processing.Percentile(0.99);
            signals.Line(plan.PresetId, isHeard, added, result.ProcessingTime, Time(result.InputFrames, result.Format));
        }
    }

    /// <summary>Sums up the line.</summary>
    /// <param name="audio">What was spoken.</param>
    /// <param name="result">What passed through the pipeline.</param>
    /// <param name="isHeard">Whether somebody listened; nobody waits for a file in real time.</param>
    public SpeechReport Report(SpeechAudio audio, LineResult result, bool isHeard)
    {
        Chain chain = result.Chain!;
        EffectReport[] effects = [.. chain.Slots.Zip(plan.Slots, (slot, step) => new EffectReport(
            slot.Step, slot.EffectId, Time(slot.LatencyFrames, result.Format), slot.ProcessingTime, !slot.IsActive,
                slot.Reduction)
            {
                Exception = slot.Fault?.Trace,
                Settings = SettingsOf(step),
                Moved = MovedIn(step, slot.Start),
            })];
        TimeSpan latency = Time(chain.LatencyFrames, result.Format);
        TimeSpan longest = latency + result.Processing.Max;
        // The promise is about what is heard all the time, not about the one block that met a busy machine.
        string? late = LatencyPromise.Check(isHeard ? latency + result.Processing.Percentile(0.99) : latency, effects);
        return new SpeechReport
        {
            Source = audio.Name,
            Preset = plan.PresetId,
            Choice = choice,
            Amount = AmountOf(plan, seed),
            Seed = seed,
            StartingGains = leveller.Gains,
            Format = result.Format,
            InputDuration = Time(result.InputFrames, result.Format),
            OutputDuration = Time(result.OutputFrames, result.Format),
            EffectLatency = latency,
            AddedLatencyMedian = latency + result.Processing.Percentile(0.5),
            AddedLatencyP99 = latency + result.Processing.Percentile(0.99),
            AddedLatencyMax = longest,
            StartUp = result.StartUp,
            ProcessingTime = result.ProcessingTime,
            Effects = effects,
            Faults = Faults,
            Notes = chain.Notes,
            Warnings = [.. result.Warnings, .. warnings, .. late is null ? Array.Empty<string>() : [late]],
        };
    }

    private SlotFault[] SlotFaults
    {
        get
        {
            lock (_faults)
                return [.. _slotFaults];
        }
    }

    // Comes from the thread on which the effects work.
    private void Note(SlotFault fault)
    {
        lock (_faults)
        {
            _faults.Add(fault.ToString());
            _slotFaults.Add(fault);
        }

        record?.Invoke(fault);
    }

    private static MovedSetting AmountOf(ChainPlan plan, ulong seed)
    {
        SettingValue drawn = RandomParameter.Settle(plan.Amount, ChainPlan.AmountParameter, "", seed);
        return new MovedSetting(
            ChainPlan.AmountParameter.Id,
            ValueText.Format(ChainPlan.AmountParameter, plan.Amount),
            drawn == plan.Amount ? null : ValueText.Format(ChainPlan.AmountParameter, drawn));
    }

    // A plain loop: LINQ over values is compiled when it first runs, which a command's only line would wait for.
    private static List<MovedSetting> MovedIn(SlotPlan step, IReadOnlyList<double> start)
    {
        var moved = new List<MovedSetting>();
        for (int i = 0; i < start.Count; i++)
        {
            if (step.Values[i].Modulation is { } modulation)
            {
                string? drawn = modulation is RandomDraw or Pick
                    ? ValueText.Format(step.Parameters[i], start[i]) : null;
                moved.Add(new MovedSetting(
                    step.Parameters[i].Id, ValueText.Format(step.Parameters[i], step.Values[i]), drawn));
            }
        }

        return moved;
    }

    private static Dictionary<string, string> SettingsOf(SlotPlan step)
    {
        var settings = new Dictionary<string, string>(step.Parameters.Count);
        for (int i = 0; i < step.Parameters.Count; i++)
            settings.Add(step.Parameters[i].Id, ValueText.Format(step.Parameters[i], step.Values[i]));
        return settings;
    }

    private static TimeSpan Time(long frames, AudioFormat format) =>
        TimeSpan.FromSeconds((double)frames / format.SampleRate);
}
