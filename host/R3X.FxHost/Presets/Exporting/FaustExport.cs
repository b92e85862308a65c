using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Plugins;

namespace R3X.FxHost.Presets.Exporting;

/// <summary>
/// Writes a preset's chain as a program in Faust, the language from which code for signal processors, plugins and the
/// web is made (https://faust.grame.fr). Its settings are controls, its movements move; it sounds as the host does in
/// draft quality. An effect can be exported when a file <c>ID.dsp</c> with its text lies beside its plugin. Immutable;
/// any thread.
/// </summary>
public sealed class FaustExport
{
    /// <summary>What the host's two gains start with; the program has a control for each.</summary>
    public StartingGains Gains { get; init; } = StartingGains.None;

    /// <summary>What is drawn once per line (<c>random</c>, <c>pick</c>) follows from this.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether steps that cannot be exported are left out; else there is no program where there are
    /// any.</summary>
    public bool LeavesOut { get; init; }

    /// <summary>Writes a preset.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="catalogue">The effects, beside whose files their texts lie.</param>
    /// <exception cref="System.IO.IOException">An effect's text could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of permission.</exception>
    public FaustProgram Write(Preset preset, IEffectCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(preset);
        ArgumentNullException.ThrowIfNull(catalogue);
        ChainPlan plan = preset.Plan;
        var steps = new List<FaustStep>();
        var missing = new List<MissingStep>();
        foreach ((int index, SlotPlan slot) in plan.Slots.Index())
        {
            string? reason = Obstacle(plan, index);
            FaustEffect? effect = reason is null ? FaustEffect.Find(slot, catalogue, out reason) : null;
            if (effect is null)
                missing.Add(new MissingStep(slot.Step, slot.EffectId, reason ?? ""));
            else
                steps.Add(new FaustStep(slot, effect, index, plan.Amount.Still, Seed, index == plan.MatchPoint));
        }

        if (plan.Amount.Modulation is not null)
            return new FaustProgram(null, missing) { Refusal =
                "Its amount moves, which the program cannot do. Write amount as one value, such as \"amount: 80%\"." };
        return new FaustProgram(
            missing.Count == 0 || LeavesOut ? new FaustText(preset, steps, missing, Gains).Write() : null, missing);
    }

    // Mixing a late step with its input takes its latency, which is not known here.
    private static string? Obstacle(ChainPlan plan, int index)
    {
        bool isLast = index == plan.MatchPoint;
        return AmountLaw.Mixes(plan.Slots[index], isLast) && AmountLaw.Share(plan.Amount.Still, isLast) < 1
            ? "the preset's amount mixes it with its input" : null;
    }
}

/// <summary>A preset as a Faust program, or why there is none.</summary>
public sealed class FaustProgram
{
    internal FaustProgram(string? text, IReadOnlyList<MissingStep> missing) => (Text, Missing) = (text, missing);

    /// <summary>The program; null where there is none.</summary>
    public string? Text { get; }

    /// <summary>The steps that cannot be exported, in order.</summary>
    public IReadOnlyList<MissingStep> Missing { get; }

    /// <summary>Why the preset as a whole cannot be exported, and what to do; null where it can.</summary>
    public string? Refusal { get; internal init; }
}

/// <summary>A step that cannot be exported.</summary>
public sealed class MissingStep
{
    internal MissingStep(string step, string effectId, string reason) =>
        (Step, EffectId, Reason) = (step, effectId, reason);

    /// <summary>Its name in the preset.</summary>
    public string Step { get; }

    /// <summary>Its effect.</summary>
    public string EffectId { get; }

    /// <summary>Why: a part of a sentence.</summary>
    public string Reason { get; }

    /// <summary>The step, its effect and why: <c>crush (bit-crush), since bit-crush has no Faust text</c>.</summary>
    public override string ToString() => $"{(Step == EffectId ? Step : $"{Step} ({EffectId})")}, since {Reason}";
}
