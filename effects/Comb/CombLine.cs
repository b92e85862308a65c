using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Effects;

/// <summary>
/// One channel: w[n] = x[n] + feedback * lowpass(w[n - loop]); out = x + mix * (feedback and feedforward). Taps lie
/// between samples by third-order Lagrange interpolation, which never amplifies, so a loop gain below 1 is stable at
/// every setting.
/// </summary>
internal sealed class CombLine
{
    /// <summary>The shortest loop in frames: a tap needs a newer neighbour that is already written.</summary>
    public const double ShortestDelay = 2;

    private readonly AudioBuffer _memory;
    private readonly CombCell _cell = new();
    private readonly int _length;
    private int _next;
    private float _damped;

    /// <param name="longestDelay">In frames.</param>
    public CombLine(int longestDelay)
    {
        _length = (int)BitOperations.RoundUpToPowerOf2(
            (uint)Math.Max(longestDelay + 4 + CombCell.Again, SegmentedEffect.SegmentFrames));
        _memory = new AudioBuffer(1, _length + CombCell.Again);
    }

    private static int CellFrames =>
        Vector512.IsHardwareAccelerated ? Lanes16.Count : Vector256.IsHardwareAccelerated ? Lanes8.Count : Lanes4.Count;

    /// <summary>Processes samples in place while the settings stand.</summary>
    public void Process(Span<float> samples, in CombSettings settings)
    {
        // A register's worth of echoes must have been written before it is read.
        double nearest = settings.Feedforward == 0
            ? settings.LoopFrames
            : Math.Min(settings.LoopFrames, settings.DirectFrames);
        if (nearest < CellFrames + 1)
        {
            Walk(samples, settings);
            return;
        }

        _cell.Prepare(settings);
        ref float memory = ref MemoryMarshal.GetReference(_memory[0]);
        while (samples.Length > 0)
        {
            // What echoes in a cell is known when the cell begins, so its beginning needs no memory of its own.
            int inside = _next & (CellFrames - 1);
            int start = _next - inside;
            int cells = inside > 0 ? 0 : Math.Min(samples.Length, _length - start) / CellFrames;
            int take = cells > 0 ? cells * CellFrames : Math.Min(samples.Length, CellFrames - inside);
            float damped = _damped;
            if (cells > 0)
                _cell.Run(ref memory, _length - 1, start, samples, cells, ref damped);
            else
                _cell.RunPart(ref memory, _length - 1, start, inside, samples[..take], ref damped);
            _next = (_next + take) & (_length - 1);
            if ((_next & (CellFrames - 1)) == 0)
                _damped = damped;
            if (inside > 0 && start < CombCell.Again)
                _memory[0][..CombCell.Again].CopyTo(_memory[0][_length..]);
            samples = samples[take..];
        }
    }

    /// <summary>Processes samples frame by frame, in place.</summary>
    public void Walk(Span<float> samples, in CombSettings settings)
    {
        var loop = new CombTap(settings.LoopFrames);
        var direct = new CombTap(settings.DirectFrames);
        float damped = _damped;
        var memory = _memory[0];
        int mask = _length - 1;
        foreach (ref float sample in samples)
        {
            damped = ((1 - settings.Keep) * loop.Read(memory, mask, _next)) + (settings.Keep * damped);
            float x = sample;
            float ring = settings.Feedback * damped;
            float added = settings.Feedforward == 0
                ? ring
                : ring + (settings.Feedforward * direct.Read(memory, mask, _next));
            memory[_next] = x + ring;
            if (_next < CombCell.Again)
                memory[_next + _length] = x + ring;
            _next = (_next + 1) & mask;
            sample = x + (settings.Mix * added);
        }

        _damped = damped;
    }

    /// <summary>Sets what was written since the last time and has decayed to 0.</summary>
    public void Flush()
    {
        _damped = Denormal.Flush(_damped);
        int start = (_next - SegmentedEffect.SegmentFrames) & (_length - 1);
        int first = Math.Min(SegmentedEffect.SegmentFrames, _length - start);
        var memory = _memory[0];
        Denormal.Flush(memory.Slice(start, first));
        Denormal.Flush(memory[..(SegmentedEffect.SegmentFrames - first)]);
        Denormal.Flush(memory[_length..]);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _memory.Clear();
        _next = 0;
        _damped = 0;
    }
}
