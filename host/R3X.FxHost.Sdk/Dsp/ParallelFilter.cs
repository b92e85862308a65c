using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Sdk.Dsp;

/// <summary>
/// Runs many second-order sections in a row for little more than the price of one: their product is taken apart into a
/// sum (partial fractions), whose terms stand side by side in the lanes of a register. Audio thread.
/// </summary>
/// <remarks>
/// The terms' states depend on the poles alone, the output on the numerators: so a ramp between two designs with the
/// same
/// poles is a crossfade of two outputs of one filter, without a click. Everything is done in cells of frames that lie
/// on the line (<see cref="BlockStateSpaceDesign"/>), so the output does not depend on the blocks.
/// </remarks>
public sealed class ParallelFilter
{
    private const int Together = WideBlockStateSpaceProduct.Together;

    private readonly ParallelDesign _design;
    private readonly AudioBuffer _memory;
    private readonly int[] _filled;
    private int _framesToMove;

    /// <summary>Allocates a transparent filter at rest.</summary>
    /// <param name="channels">Number of channels, at least 1.</param>
    /// <param name="sections">The sections in a row, by their poles: complex pairs, no two alike.</param>
    public ParallelFilter(int channels, ReadOnlySpan<Biquad> sections)
    {
        _design = new ParallelDesign(sections);
        _memory = new AudioBuffer(channels, _design.States + BlockStateSpaceDesign.Frames);
        _filled = new int[channels];
    }

    /// <summary>Whether a design is on its way.</summary>
    public bool IsMoving => _framesToMove > 0;

    /// <summary>A design of this filter's output, for <see cref="RampTo"/>. Allocates.</summary>
    /// <param name="sections">The sections, with the poles that the filter was made with.</param>
    public ParallelOutput Design(ReadOnlySpan<Biquad> sections) => _design.Output(sections);

    /// <summary>Is at once where <see cref="RampTo"/> said to go.</summary>
    public void FinishRamp()
    {
        _design.Now.Copy(_design.Target);
        _framesToMove = 0;
    }

    /// <summary>
    /// Starts towards a design between two others, to be there after <see cref="ParameterGrid.Frames"/> frames. To be
    /// called at a line of that grid only.
    /// </summary>
    /// <param name="from">The one.</param>
    /// <param name="to">The other.</param>
    /// <param name="share">Of the other, 0 to 1.</param>
    public void RampTo(ParallelOutput from, ParallelOutput to, float share)
    {
        if (IsMoving)
            _design.Now.Copy(_design.Target);
        _design.Target.Mix(from, to, share);
        _framesToMove = ParameterGrid.Frames;
    }

    /// <summary>Filters in place.</summary>
    /// <param name="block">Any number of frames, with as many channels as the filter.</param>
    public void Process(AudioBlock block)
    {
        int moving = Math.Min(_framesToMove, block.Frames);
        if (moving > 0)
        {
            Process(block.Slice(0, moving), _framesToMove);
            _framesToMove -= moving;
            if (_framesToMove == 0)
                _design.Now.Copy(_design.Target);
        }

        if (moving == block.Frames)
            return;
        if (_design.Now.IsTransparent)
            Clear();
        else
            Process(block.Slice(moving, block.Frames - moving), 0);
    }

    /// <summary>Forgets what was heard, not the design.</summary>
    public void Clear()
    {
        _memory.Clear();
        Array.Clear(_filled);
    }

    private void Process(AudioBlock block, int framesToMove)
    {
        for (int channel = 0; channel < block.Channels; channel++)
        {
            var samples = block[channel];
            for (int at = 0; at < samples.Length;)
            {
                int take = Math.Min(samples.Length - at, SegmentedEffect.SegmentFrames - _filled[channel]);
                if (Vector512.IsHardwareAccelerated)
                    Run<Lanes16>(samples.Slice(at, take), channel, framesToMove);
                else if (Vector256.IsHardwareAccelerated)
                    Run<Lanes8>(samples.Slice(at, take), channel, framesToMove);
                else
                    Run<Lanes4>(samples.Slice(at, take), channel, framesToMove);
                at += take;
            }
        }
    }

    [SkipLocalsInit]
    private void Run<T>(Span<float> samples, int channel, int framesToMove)
        where T : struct, ILanes<T>
    {
        int all = _design.States, frames = BlockStateSpaceDesign.Frames;
        var own = _memory[channel];
        var memory = StackMemory.Aligned(stackalloc float[StackMemory.Spare + (3 * SegmentedEffect.SegmentFrames)]);
        var x = memory[..SegmentedEffect.SegmentFrames];
        var y = memory.Slice(SegmentedEffect.SegmentFrames, SegmentedEffect.SegmentFrames);
        int filled = _filled[channel], end = filled + samples.Length;
        own.Slice(all, filled).CopyTo(x);
        samples.CopyTo(x[filled..]);
        int cells = (end + frames - 1) / frames, room = (cells + Together - 1) / Together * Together;
        x[end..(room * frames)].Clear();

        // At most 9 kB for 32 sections.
        var states = StackMemory.Aligned(stackalloc float[StackMemory.Spare + ((room + 1) * all)]);
        var pushes = StackMemory.Aligned(stackalloc float[StackMemory.Spare + (room * all)]);
        own[..all].CopyTo(states);
        states.Slice((cells + 1) * all, (room - cells) * all).Clear();
        var input = _design.Pushing(x);
        var none = default(BlockStateSpaceProduct.Factor);
        ref float push = ref MemoryMarshal.GetReference(pushes);
        ref float state = ref MemoryMarshal.GetReference(states);
        for (int row = 0; row < all; row += T.Count)
            BlockStateSpaceProduct.Sum<T>(in input, in none, row, ref push, all, room);
        ParallelChain.Run<T>(_design.Decays, all, ref push, ref state, cells);
        Sound<T>(_design.Now, x, states, y, room);
        if (framesToMove > 0)
        {
            var z = memory.Slice(2 * SegmentedEffect.SegmentFrames, SegmentedEffect.SegmentFrames);
            Sound<T>(_design.Target, x, states, z, room);
            Fade(y.Slice(filled, samples.Length), z.Slice(filled, samples.Length), framesToMove);
        }

        y.Slice(filled, samples.Length).CopyTo(samples);
        int rest = end % frames;
        states.Slice(end / frames * all, all).CopyTo(own);
        x.Slice(end - rest, rest).CopyTo(own[all..]);
        _filled[channel] = rest;
    }

    private void Sound<T>(ParallelOutput output, Span<float> x, Span<float> states, Span<float> y, int room)
        where T : struct, ILanes<T>
    {
        var s = output.Ringing(states, _design.States);
        var direct = output.Direct(x);
        for (int row = 0; row < BlockStateSpaceDesign.Frames; row += T.Count)
            BlockStateSpaceProduct.Sum<T>(in s, in direct, row, ref MemoryMarshal.GetReference(y),
                BlockStateSpaceDesign.Frames, room);
    }

    private static void Fade(Span<float> from, ReadOnlySpan<float> to, int framesToMove)
    {
        const float step = 1f / ParameterGrid.Frames;
        for (int i = 0; i < from.Length; i++)
            from[i] += (ParameterGrid.Frames + 1 - framesToMove + i) * step * (to[i] - from[i]);
    }
}
