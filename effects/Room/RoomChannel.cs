using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;
using R3X.FxHost.Sdk.Dsp.Kernels;

namespace R3X.FxHost.Effects;

/// <summary>
/// One channel's room: pre-delay; three steps that each delay eight copies differently and mix them, so that one clap
/// is 512 reflections before the first of them comes round (multichannel diffusion; G. Luff, "Let's Write a Reverb",
/// ADC 2021); then eight damped lines that feed each other.
/// </summary>
internal sealed class RoomChannel
{
    // Which copies are turned over on their way in, and on their way out to each channel. The latter are rows of a
    // Hadamard matrix, so that channels have nothing in common, with columns turned so that no row is what one line
    // hears.
    private const int InSigns = 0b0110_1000;
    private const int OutColumns = 0b1101_0001;

    private readonly RingDelay? _preDelay;
    private readonly RingDelay[][] _steps = new RingDelay[RoomDesign.Steps][];
    private readonly RingDelay[] _lines = new RingDelay[RoomDesign.Lines];
    private readonly float[] _gains = new float[RoomDesign.Lines];
    private readonly float[] _damped = new float[RoomDesign.Lines];
    private readonly float[] _level = new float[2 * RoomDesign.Lines];
    private readonly AudioBuffer _diffused = new(RoomDesign.Lines, SegmentedEffect.SegmentFrames + Vector<float>.Count);
    private readonly AudioBuffer _ringing = new(RoomDesign.Lines, SegmentedEffect.SegmentFrames + Vector<float>.Count);
    private readonly AudioBuffer _scratch = new(2, SegmentedEffect.SegmentFrames + Vector<float>.Count);
    private readonly int _chunk;
    private readonly bool _isFirst;

    public RoomChannel(RoomDesign design, int channel)
    {
        _isFirst = channel == 0;

        // What a line gives out is known for as many frames as it holds.
        _chunk = Math.Min(SegmentedEffect.SegmentFrames, design.LineFrames[0]);
        _preDelay = design.PreDelay > 0 ? new RingDelay(design.PreDelay) : null;
        for (int step = 0; step < _steps.Length; step++)
        {
            _steps[step] = new RingDelay[RoomDesign.Lines];
            for (int i = 0; i < RoomDesign.Lines; i++)
                _steps[step][i] = new RingDelay(design.StepFrames[step][i]);
        }

        for (int i = 0; i < RoomDesign.Lines; i++)
        {
            _lines[i] = new RingDelay(design.LineFrames[i]);
            _gains[i] = (float)design.LineGains[i];
            float level = (float)design.Level;
            _level[i] = IsTurned(OutColumns & (1 << i)) ? -level : level;
            _level[RoomDesign.Lines + i] = IsTurned((OutColumns & (1 << i)) | (i & channel & 7) << 8) ? -level : level;
        }
    }

    /// <summary>Adds the room, in place.</summary>
    /// <param name="samples">The channel.</param>
    /// <param name="middle">The mean of all channels, as many samples.</param>
    /// <param name="settings">For all these frames.</param>
    public void Process(Span<float> samples, ReadOnlySpan<float> middle, in RoomSettings settings)
    {
        for (int start = 0; start < samples.Length; start += _chunk)
        {
            int count = Math.Min(_chunk, samples.Length - start);
            ProcessChunk(samples.Slice(start, count), middle.Slice(start, count), settings);
        }
    }

    /// <summary>Sets state that has decayed to 0.</summary>
    public void Flush() => Denormal.Flush(_damped);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _preDelay?.Clear();
        foreach (var step in _steps)
        {
            foreach (var delay in step)
                delay.Clear();
        }

        foreach (var line in _lines)
            line.Clear();
        Array.Clear(_damped);
    }

    private void ProcessChunk(Span<float> samples, ReadOnlySpan<float> middle, in RoomSettings settings)
    {
        int count = samples.Length;
        var heard = _scratch[0][..count];
        for (int i = 0; i < count; i++)
            heard[i] = samples[i] + (settings.Spread * (middle[i] - samples[i]));
        _preDelay?.Process(heard, _scratch[1]);
        Diffuse(heard);
        for (int i = 0; i < RoomDesign.Lines; i++)
            _lines[i].Peek(_ringing[i][..count]);
        Damp(0, count, settings.Keep);
        Damp(4, count, settings.Keep);
        TapLines(count, settings);
        Mix(_ringing, _diffused, count);
        for (int i = 0; i < RoomDesign.Lines; i++)
            _lines[i].Push(_ringing[i][..count]);
        var room = _scratch[0];
        for (int i = 0; i < count; i++)
            samples[i] += settings.Mix * (room[i] - samples[i]);
    }

    private void Diffuse(ReadOnlySpan<float> heard)
    {
        int count = heard.Length;
        for (int i = 0; i < RoomDesign.Lines; i++)
        {
            var copy = _diffused[i];
            float share = (InSigns & (1 << i)) != 0 ? -0.35355339f : 0.35355339f;
            for (int n = 0; n < count; n++)
                copy[n] = share * heard[n];
        }

        foreach (var step in _steps)
        {
            for (int i = 0; i < RoomDesign.Lines; i++)
                step[i].Process(_diffused[i][..count], _scratch[1]);
            Mix(_diffused, null, count);
        }
    }

    // Four lines at once: each sample waits for the one before, and four can wait side by side.
    private void Damp(int line, int count, ReadOnlySpan<float> keep)
    {
        var a = _ringing[line][..count];
        var b = _ringing[line + 1][..a.Length];
        var c = _ringing[line + 2][..a.Length];
        var d = _ringing[line + 3][..a.Length];
        float keepA = keep[line], keepB = keep[line + 1], keepC = keep[line + 2], keepD = keep[line + 3];
        float takeA = (1 - keepA) * _gains[line], takeB = (1 - keepB) * _gains[line + 1];
        float takeC = (1 - keepC) * _gains[line + 2], takeD = (1 - keepD) * _gains[line + 3];
        float oldA = _damped[line], oldB = _damped[line + 1], oldC = _damped[line + 2], oldD = _damped[line + 3];
        for (int n = 0; n < a.Length; n++)
        {
            a[n] = oldA = (takeA * a[n]) + (keepA * oldA);
            b[n] = oldB = (takeB * b[n]) + (keepB * oldB);
            c[n] = oldC = (takeC * c[n]) + (keepC * oldC);
            d[n] = oldD = (takeD * d[n]) + (keepD * oldD);
        }

        _damped[line] = oldA;
        _damped[line + 1] = oldB;
        _damped[line + 2] = oldC;
        _damped[line + 3] = oldD;
    }

    // First reflections and ringing alike; the first channel hears them one way, the others partly in ways of their
    // own.
    [MethodImpl(Kernel.Strength)]
    private void TapLines(int count, in RoomSettings settings)
    {
        var (common, own) = _isFirst ? (1f, 0f) : (settings.Common, settings.Own);
        ref float room = ref MemoryMarshal.GetReference(_scratch[0]);
        _scratch[0][..count].Clear();
        for (int i = 0; i < RoomDesign.Lines; i++)
        {
            var level = new Vector<float>((common * _level[i]) + (own * _level[RoomDesign.Lines + i]));
            ref float diffused = ref MemoryMarshal.GetReference(_diffused[i]);
            ref float ringing = ref MemoryMarshal.GetReference(_ringing[i]);
            for (nuint n = 0; n < (nuint)count; n += (nuint)Vector<float>.Count)
            {
                var sum = Vector.LoadUnsafe(ref diffused, n) + Vector.LoadUnsafe(ref ringing, n);
                (Vector.LoadUnsafe(ref room, n) + (level * sum)).StoreUnsafe(ref room, n);
            }
        }
    }

    // What a last vector computes past the frames is never used; the buffers have room for it.
    [MethodImpl(Kernel.Strength)]
    private static void Mix(AudioBuffer channels, AudioBuffer? added, int count)
    {
        ref float a = ref MemoryMarshal.GetReference(channels[0]);
        ref float b = ref MemoryMarshal.GetReference(channels[1]);
        ref float c = ref MemoryMarshal.GetReference(channels[2]);
        ref float d = ref MemoryMarshal.GetReference(channels[3]);
        ref float e = ref MemoryMarshal.GetReference(channels[4]);
        ref float f = ref MemoryMarshal.GetReference(channels[5]);
        ref float g = ref MemoryMarshal.GetReference(channels[6]);
        ref float h = ref MemoryMarshal.GetReference(channels[7]);
        for (nuint n = 0; n < (nuint)count; n += (nuint)Vector<float>.Count)
        {
            Vector<float> va = Vector.LoadUnsafe(ref a, n), vb = Vector.LoadUnsafe(ref b, n);
            Vector<float> vc = Vector.LoadUnsafe(ref c, n), vd = Vector.LoadUnsafe(ref d, n);
            Vector<float> ve = Vector.LoadUnsafe(ref e, n), vf = Vector.LoadUnsafe(ref f, n);
            Vector<float> vg = Vector.LoadUnsafe(ref g, n), vh = Vector.LoadUnsafe(ref h, n);
            Hadamard.Mix(ref va, ref vb, ref vc, ref vd, ref ve, ref vf, ref vg, ref vh);
            va.StoreUnsafe(ref a, n);
            vb.StoreUnsafe(ref b, n);
            vc.StoreUnsafe(ref c, n);
            vd.StoreUnsafe(ref d, n);
            ve.StoreUnsafe(ref e, n);
            vf.StoreUnsafe(ref f, n);
            vg.StoreUnsafe(ref g, n);
            vh.StoreUnsafe(ref h, n);
        }

        if (added is null)
            return;
        var floor = new Vector<float>((float)Denormal.Floor);
        for (int i = 0; i < RoomDesign.Lines; i++)
        {
            ref float to = ref MemoryMarshal.GetReference(channels[i]);
            ref float from = ref MemoryMarshal.GetReference(added[i]);
            for (nuint n = 0; n < (nuint)count; n += (nuint)Vector<float>.Count)
            {
                var sum = Vector.LoadUnsafe(ref to, n) + Vector.LoadUnsafe(ref from, n);
                Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(sum), floor), Vector<float>.Zero,
                    sum).StoreUnsafe(ref to, n);
            }
        }
    }

    private static bool IsTurned(int bits) => (BitOperations.PopCount((uint)bits) & 1) != 0;
}
