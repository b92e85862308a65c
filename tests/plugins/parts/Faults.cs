using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.TestPlugins;

/// <summary>Returns its input, and misbehaves in one block and all later ones; in which is drawn by the line's
/// seed.</summary>
public abstract class MisbehavesInABlock : PassThrough
{
    private int _first;
    private int _blocks;

    public override EffectTiming Prepare(EffectSetup setup)
    {
        _first = 1 + (int)(setup.Seed % 20);
        _blocks = 0;
        return EffectTiming.Immediate;
    }

    public override void Process(AudioBlock block)
    {
        if (_blocks++ >= _first)
            Misbehave(block);
    }

    public override void Reset() => _blocks = 0;

    protected abstract void Misbehave(AudioBlock block);
}

public abstract class ThrowsInProcess : MisbehavesInABlock
{
    protected override void Misbehave(AudioBlock block)
    {
        block[0].Fill(3);
        throw new BrokenEffectException("on purpose");
    }
}

/// <summary>What no process survives.</summary>
public abstract class FailsFast : MisbehavesInABlock
{
    protected override void Misbehave(AudioBlock block) => Environment.FailFast("on purpose");
}

/// <summary>Nor this.</summary>
public abstract class StackOverflows : MisbehavesInABlock
{
    protected override void Misbehave(AudioBlock block) => block[0][0] = Deeper(block[0][0]);

    private static float Deeper(float value) => value + Deeper(value + 1);
}

public abstract class ThrowsInPrepare : PassThrough
{
    public override EffectTiming Prepare(EffectSetup setup) => throw new BrokenEffectException("not prepared");
}

public abstract class ThrowsInReset : PassThrough
{
    public override void Reset() => throw new BrokenEffectException("not reset");

    public override EffectTiming Prepare(EffectSetup setup) => EffectTiming.Immediate;
}

#pragma warning disable CA1063, CA1816 // What no effect should do is what these are for.
public abstract class ThrowsInDispose : PassThrough, IDisposable
{
    private bool _hasSounded;

    public override void Process(AudioBlock block) => _hasSounded = true;

    /// <inheritdoc/>
    public void Dispose() => Declare.Nothing(_hasSounded, "not disposed of");
}
#pragma warning restore CA1063, CA1816

public abstract class ReductionThrows : MisbehavesInABlock, IGainReducer
{
    private bool _isBad;

    public GainReduction LastReduction
    {
        get
        {
            Declare.Nothing(_isBad, "no reading");
            return default;
        }
    }

    public override void Reset() => _isBad = false;

    protected override void Misbehave(AudioBlock block) => _isBad = true;
}

public abstract class ReturnsNotANumber : MisbehavesInABlock
{
    protected override void Misbehave(AudioBlock block) => block[0][block.Frames / 2] = float.NaN;
}

public abstract class ReturnsInfinity : MisbehavesInABlock
{
    protected override void Misbehave(AudioBlock block) => block[0][^1] = float.NegativeInfinity;
}

public abstract class RunsAway : MisbehavesInABlock
{
    protected override void Misbehave(AudioBlock block) => block[0][0] = 1e9f;
}

public abstract class ReturnsSubnormals : MisbehavesInABlock
{
    protected override void Misbehave(AudioBlock block)
    {
        foreach (ref float sample in block[0])
            sample = sample == 0 ? 1e-40f : sample;
    }
}

public abstract class AddsConstant : MisbehavesInABlock
{
    protected override void Misbehave(AudioBlock block)
    {
        foreach (ref float sample in block[0])
            sample += 0.4f;
    }
}

public abstract class WritesPastItsBlock : MisbehavesInABlock
{
    protected override void Misbehave(AudioBlock block) =>
        Unsafe.Add(ref MemoryMarshal.GetReference(block[0]), block.Frames) = 0.7f;
}

public abstract class Allocates : MisbehavesInABlock
{
    private byte[] _kept = [];

    protected override void Misbehave(AudioBlock block) => _kept = new byte[4_000 + (_kept.Length % 2)];
}

public abstract class ComputesForLong : MisbehavesInABlock
{
    protected override void Misbehave(AudioBlock block)
    {
        long end = Environment.TickCount64 + 300;
        while (Environment.TickCount64 < end)
        {
        }
    }
}

public abstract class WaitsForLong : MisbehavesInABlock
{
    protected override void Misbehave(AudioBlock block) => Thread.CurrentThread.Join(1_500);
}

public abstract class NotLate : PassThrough
{
    public override EffectTiming Prepare(EffectSetup setup) => new(setup.Format.SampleRate / 2, 0);
}

/// <summary>A tenth of a second late, and says nothing of it.</summary>
public abstract class LateAndSilentAboutIt : PassThrough
{
    private float[] _held = [];
    private int _at;

    public override EffectTiming Prepare(EffectSetup setup)
    {
        _held = new float[setup.Format.SampleRate / 10];
        return EffectTiming.Immediate;
    }

    public override void Reset() => Array.Clear(_held);

    public override void Process(AudioBlock block)
    {
        foreach (ref float sample in block[0])
        {
            (sample, _held[_at]) = (_held[_at], sample);
            _at = (_at + 1) % _held.Length;
        }
    }
}

public abstract class SoundsForHours : PassThrough
{
    public override EffectTiming Prepare(EffectSetup setup) => new(0, int.MaxValue);
}

/// <summary>Sound when it is loaded; every later instance has other settings.</summary>
public abstract class ParametersChange : PassThrough
{
    private static readonly Parameter[] First = [Declare.Percent("mix")];
    private static int s_made;

    private readonly IReadOnlyList<Parameter> _own = ++s_made <= 2 ? First : [Declare.Percent("mix")];

    public override IReadOnlyList<Parameter> Parameters => _own;
}

/// <summary>Throws on a thread of its own, once a line.</summary>
public abstract class ThrowsOnItsThread : MisbehavesInABlock
{
    private bool _hasBegun;

    protected override void Misbehave(AudioBlock block)
    {
        if (_hasBegun)
            return;
        _hasBegun = true;
        var thread = new Thread(static () => throw new BrokenEffectException("aside")) { IsBackground = true };
        thread.Start();
    }
}

/// <summary>Throws when the garbage collection takes it.</summary>
public abstract class ThrowsInItsFinalizer : PassThrough
{
    private bool _hasSounded;

    ~ThrowsInItsFinalizer() => Declare.Nothing(_hasSounded, "buried");

    public override void Process(AudioBlock block) => _hasSounded = true;
}
