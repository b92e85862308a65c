using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Sdk;
using R3X.FxHost.Watching;

namespace R3X.FxHost.Chains;

// How a slot comes to its effect, or does not.
internal sealed partial class Slot
{
    // Twice the longest of the effects that come with the host.
    private const int MostTailSeconds = 120;

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

        Slot slot = Make(plan, chain, setup, share, level);
        if (slot.Fault is { } fault)
            slot.Report(fault);
        return slot;
    }

    private static Slot Make(SlotPlan plan, ChainPlan chain, ChainSetup setup, SlotsShare share, LineLevel? level)
    {
        var stuck = new StuckEffect();
        // One in another process is watched there.
        if (!setup.IsWatched || plan.IsRemote)
            return MakeHere(plan, chain, setup, share, level, stuck);
        if (StuckEffects.Find(plan.Create) is { } before)
        {
            return Refused(
                plan, chain, setup, share, FaultCause.DidNotReturn,
                $"has not returned from {before.Doing} since an earlier line");
        }

        if (Watchdog.TryCall(
            () => MakeHere(plan, chain, setup, share, level, stuck), stuck.Return, out Slot? slot, setup.Clock))
        {
            return slot!;
        }

        StuckEffects.Add(plan.Create, stuck);
        return Refused(plan, chain, setup, share, FaultCause.DidNotReturn, $"did not return from {stuck.Doing}");
    }

    private static Slot MakeHere(
        SlotPlan plan, ChainPlan chain, ChainSetup setup, SlotsShare share, LineLevel? level, StuckEffect stuck)
    {
        var made = new List<IDisposable>();
        Slot slot = MakeOf(made, plan, chain, setup, share, level, stuck);
        stuck.Doing = "Dispose";
        foreach (IDisposable tried in made)
        {
            if (tried != slot._disposable)
                Catch(tried.Dispose);
        }

        return slot;
    }

    private static Slot MakeOf(
        List<IDisposable> all, SlotPlan plan, ChainPlan chain, ChainSetup setup, SlotsShare share, LineLevel? level,
        StuckEffect stuck)
    {
        IEffect Create()
        {
            stuck.Doing = "its constructor";
            IEffect made = plan.Create();
            if (made is IDisposable disposable)
                all.Add(disposable);
            stuck.Doing = "Prepare";
            return made;
        }

        try
        {
            IEffect effect = Create();
            if (!effect.Parameters.SequenceEqual(plan.Parameters, ReferenceEqualityComparer.Instance))
            {
                return Refused(plan, chain, setup, share, FaultCause.CouldNotPrepare,
                    "changed its Parameters since it was loaded, so its settings could not be given to it");
            }

            // Two steps with the same effect draw differently, and a step draws the same wherever it stands.
            ulong seed = SeededRandom.Of(setup.Seed, plan.Step);
            bool isLastLimiter = chain.MatchPoint is var last && last < chain.Slots.Count
                && ReferenceEquals(plan, chain.Slots[last]);
            SettingValue amount = isLastLimiter && setup.IsLevelled ? ChainPlan.AmountParameter.Default
                : RandomParameter.Settle(chain.Amount, ChainPlan.AmountParameter, "", setup.Seed);
            double[] values = SlotModulation.Start(plan, setup.Format, setup.Seed);
            double amountAtFirst = SlotModulation.Start(ChainPlan.AmountParameter, amount, setup.Format);
            double[] start = isLastLimiter ? values : AmountLaw.Scale(plan, values, amountAtFirst);
            EffectSetup With(double[] values) =>
                new(setup.Format, setup.MaxFrames, chain.Quality, seed, plan.Parameters, values) { Curve = plan.Curve };
            EffectSetup effectSetup = With(start);
            EffectTiming timing = effect.Prepare(effectSetup);
            if (timing.LatencyFrames < 0 || timing.TailFrames < 0
                || timing.LatencyFrames > setup.Format.SampleRate * 10)
            {
                return Refused(plan, chain, setup, share, FaultCause.CouldNotPrepare,
                    $"declared a latency of {timing.LatencyFrames} and a tail of {timing.TailFrames} frames, "
                    + "which cannot be");
            }

            // Only asked for a figure: one in another process need not wait for a collection to leave.
            EffectTiming TimingWith(double[] values)
            {
                IEffect other = Create();
                EffectTiming timing = other.Prepare(With(values));
                (other as IRemoteEffect)?.Close();
                return timing;
            }

            IEffect Fresh()
            {
                IEffect fresh = Create();
                fresh.Prepare(With(start));
                stuck.Doing = "its first block";
                return fresh;
            }

            if (LatencyProbe.Refute(plan.Create, Fresh, timing.LatencyFrames, setup.Format,
                setup.MaxFrames) is { } early)
            {
                return Refused(plan, chain, setup, share, FaultCause.CouldNotPrepare,
                    $"declared a latency of {timing.LatencyFrames} frames, and its sound comes after {early}: "
                    + "the line's beginning would be cut off");
            }

            var modulation = SlotModulation.Of(plan, values, amount, isLastLimiter, setup.Format, level);
            if (modulation is not null)
            {
                int Tail(double[] tried) => TimingWith(tried).TailFrames;
                int tail = TailBound.Of(plan, amount, values, start, timing.TailFrames, Tail);
                timing = timing with { TailFrames = tail };
            }

            if (amount is { Modulation: null, Still: 0 })
                timing = timing with { TailFrames = 0 };

            // A chain is as late with little of it as with all.
            int latency = values.SequenceEqual(start) ? 0 : TimingWith(values).LatencyFrames;
            int late = Math.Max(0, latency - timing.LatencyFrames);
            timing = timing with { LatencyFrames = timing.LatencyFrames + late };
            List<string> notes = [.. effectSetup.Notes];
            int longestTail = setup.Format.SampleRate * MostTailSeconds;
            if (timing.TailFrames > longestTail)
            {
                notes.Add(
                    $"\"{plan.Step}\" ({plan.EffectId}) says that it sounds on for "
                        + $"{timing.TailFrames / setup.Format.SampleRate} s; "
                    + $"{MostTailSeconds} s of it are waited for.");
                timing = timing with { TailFrames = longestTail };
            }

            return new Slot(plan, chain, setup, share, effect, timing, notes, modulation, late)
            {
                Start = values,
                Prepared = start,
            };
        }
        catch (RemoteFaultException e)
        {
            return Refused(plan, chain, setup, share, e.Fault.Cause, e.Fault.What, e.Fault.Trace);
        }
        catch (Exception e)
        {
            var thrown = Thrown.Of(e);
            string what = $"could not be prepared ({thrown.What})";
            return Refused(plan, chain, setup, share, FaultCause.CouldNotPrepare, what, thrown.Trace);
        }
    }

    private static bool IsAdmitted(SlotPlan plan, ChainSetup setup) =>
        setup.Quarantine is not { } quarantine
        || (setup.IsDryRun ? quarantine.WouldAdmit(plan.EffectId, plan.EffectVersion)
            : quarantine.Admits(plan.EffectId, plan.EffectVersion));

    private static Slot Refused(
        SlotPlan plan, ChainPlan chain, ChainSetup setup, SlotsShare share, FaultCause cause, string detail,
            string? trace = null)
    {
        var slot = new Slot(plan, chain, setup, share, null, EffectTiming.Immediate, []);
        slot.Leave(cause, detail, -1, trace);
        return slot;
    }
}
