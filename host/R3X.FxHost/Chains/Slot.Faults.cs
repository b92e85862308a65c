using System;
using System.Globalization;
using R3X.FxHost.Sdk;
using R3X.FxHost.Watching;

namespace R3X.FxHost.Chains;

// What becomes of a slot whose effect misbehaves.
internal sealed partial class Slot
{
    // -80 and -60 dBFS.
    private const float Inaudible = 1e-4f;
    private const float Overhang = 1e-3f;

    private float Repair(
        in AudioBlock block, in AudioBlock input, in AudioBlock output, FaultCause cause, string detail,
            string? trace = null)
    {
        _dry.TakeOver();
        Leave(cause, detail, _block, trace, Copy(input));
        Report(Fault!);
        return Dry(block, input, output);
    }

    private float WithoutOffset(
        in AudioBlock block, float peak, in AudioBlock input, float inputPeak, in AudioBlock output)
    {
        if (peak <= OffsetDetector.Most)
        {
            _offset.Reset();
        }
        else if (_offset.Hear(block, input, inputPeak))
        {
            _share.SeeksOffset = false;
            return Repair(block, input, output, FaultCause.Offset, Describe(_offset));
        }

        return peak;
    }

    /// <summary>Notes that the effect still makes sound of nothing, when it should be done.</summary>
    public void NoteOverhang()
    {
        if (!IsActive || _given > Inaudible || _gave <= Overhang)
            return;
        _notes.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"\"{_plan.Step}\" ({_plan.EffectId}) still sounds, at {20 * Math.Log10(_gave):0} dBFS, when the latency "
                + $"and the tail that it declared are over: what follows is cut off. Its author should declare more."));
    }

    // What is called now and then, between blocks.
    private void Try(string doing, Action call, string threw)
    {
        var stuck = new StuckEffect { Doing = doing };
        Thrown? thrown = null;
        if (!_setup.IsWatched || _remote is not null)
        {
            thrown = Catch(call);
        }
        else if (!Watchdog.TryCall(() => Catch(call), stuck.Return, out thrown, _setup.Clock))
        {
            GiveUp(stuck, -1, null);
            return;
        }

        if (thrown is not { } words)
            return;
        Leave(FaultCause.Threw, $"{threw} ({words.What})", -1, words.Trace);
        Report(Fault!);
    }

    /// <summary>
    /// Lets go of the effect: it is disposed of, if it wants to be and has not been left behind, once. Not the audio
    /// path; it may take as long for it as for a block.
    /// </summary>
    public void Close()
    {
        if (_remote is not null)
            CloseRemote(_remote);
        IDisposable? disposable = _disposable;
        _disposable = null;
        if (disposable is null)
            return;
        var stuck = new StuckEffect { Doing = "Dispose" };
        bool returned = Watchdog.TryCall(
            () => Catch(disposable.Dispose), stuck.Return, out Thrown? thrown, _setup.Clock, Watchdog.Processing);
        if (!returned)
            StuckEffects.Add(_plan.Create, stuck);
        // One line, one fault.
        if (!IsActive || (returned && thrown is null))
            return;
        if (thrown is { } words)
            Leave(FaultCause.Threw, $"threw on Dispose ({words.What})", -1, words.Trace);
        else
            Leave(FaultCause.DidNotReturn, $"did not return from {stuck.Doing}", -1);
        Report(Fault!);
    }

    private static Thrown? Catch(Action call)
    {
        try
        {
            call();
            return null;
        }
        catch (Exception e)
        {
            return Thrown.Of(e);
        }
    }

    private void GiveUp(StuckEffect stuck, long block, float[][]? input)
    {
        _disposable = null;
        StuckEffects.Add(_plan.Create, stuck);
        _dry.TakeOver();
        Leave(FaultCause.DidNotReturn, $"did not return from {stuck.Doing}", block, null, input);
        Report(Fault!);
    }

    private void Leave(FaultCause cause, string detail, long block, string? trace = null, float[][]? input = null)
    {
        _effect = null;
        _process = null;
        _remote?.Close();
        Fault = FaultOf(cause, detail, block, _frame, trace, input);
    }

    private SlotFault FaultOf(
        FaultCause cause, string detail, long block, long frame, string? trace, float[][]? input) =>
        new(_chain.PresetId, _plan.Step, _plan.EffectId, _plan.EffectVersion, cause, detail, block, frame)
        {
            Trace = trace,
            Moment = new FaultMoment(_setup.Format, _setup.MaxFrames, _chain.Quality, _setup.Seed, _plan.Parameters,
                _modulation?.Now(_plan.Parameters, Prepared) ?? Prepared, _plan.Curve, input),
        };

    // Only an effect that is stuck is worth saying of a line that is not heard: the line itself does not try it again.
    private void Report(SlotFault fault)
    {
        if (_setup.IsDryRun && fault.Cause != FaultCause.DidNotReturn)
            return;
        _setup.Quarantine?.Faulted(fault);
        _setup.OnFault?.Invoke(fault);
    }

    private static string Outside() =>
        $"wrote past its block, into one of the {Canary.Frames} samples around a channel";

    private static string Describe(OffsetDetector detector) => string.Create(
        CultureInfo.InvariantCulture,
        $"added a constant for a second, {detector.Offset:0.00} of full scale, more than {OffsetDetector.Most:0.0}");

    private static float[][] Copy(in AudioBlock block)
    {
        var copy = new float[block.Channels][];
        for (int channel = 0; channel < copy.Length; channel++)
            copy[channel] = block[channel].ToArray();
        return copy;
    }
}
