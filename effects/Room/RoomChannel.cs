using System;
using System.Numerics;
using R3X.FxHost.Sdk;
using R3X.FxHost.Sdk.Dsp;

namespace R3X.FxHost.Effects;

/// <summary>
/// One channel's room: pre-delay; three steps that each delay eight copies differently and mix them, so that one clap is 512
/// reflections before the first of them comes round (multichannel diffusion; G. Luff, "Let's Write a Reverb", ADC 2021);
/// then eight damped lines that feed each other.
/// </summary>
internal sealed class RoomChannel
{
    /// <summary>Frames worked on at a time; fewer than the shortest line holds at the lowest sample rate.</summary>
    public const int Chunk = 64;

    // Which copies are turned over on their way in, and on their way out to each channel. The latter are rows of a Hadamard
    // matrix, so that channels have nothing in common, with columns turned so that no row is what one line hears.
    private const int InSigns = 0b0110_1000;
    private const int OutColumns = 0b1101_0001;

    private readonly RingDelay? _preDelay;
    private readonly RingDelay[][] _steps = new RingDelay[RoomDesign.Steps][];
    private readonly RingDelay[] _lines = new RingDelay[RoomDesign.Lines];
    private readonly float[] _gains = new float[RoomDesign.Lines];
    private readonly float[] _damped = new float[RoomDesign.Lines];
    private readonly float[] _level = new float[2 * RoomDesign.Lines];
    private readonly AudioBuffer _smeared = new(RoomDesign.Lines, Chunk + Vector<float>.Count);
    private readonly AudioBuffer _ringing = new(RoomDesign.Lines, Chunk + Vector<float>.Count);
    private readonly AudioBuffer _scratch = new(3, Chunk + Vector<float>.Count);
    private readonly bool _isFirst;

    public RoomChannel(RoomDesign design, int channel)
    {
        _isFirst = channel == 0;
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
        for (int start = 0; start < samples.Length; start += Chunk)
        {
            int count = Math.Min(Chunk, samples.Length - start);
            ProcessChunk(samples.Slice(start, count), middle.Slice(start, count), settings);
        }
    }

    /// <summary>Takes state that has decayed to 0.</summary>
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
        Smear(heard);
        for (int i = 0; i < RoomDesign.Lines; i++)
            _lines[i].Peek(_ringing[i][..count]);
        Damp(0, count, settings.Keep);
        Damp(4, count, settings.Keep);
        Listen(count, settings);
        Mix(_ringing, _smeared, count);
        for (int i = 0; i < RoomDesign.Lines; i++)
            _lines[i].Push(_ringing[i][..count]);
        var room = _scratch[0];
        for (int i = 0; i < count; i++)
            samples[i] += settings.Mix * (room[i] - samples[i]);
    }

    private void Smear(ReadOnlySpan<float> heard)
    {
        int count = heard.Length;
        for (int i = 0; i < RoomDesign.Lines; i++)
        {
            var copy = _smeared[i];
            float share = (InSigns & (1 << i)) != 0 ? -0.35355339f : 0.35355339f;
            for (int n = 0; n < count; n++)
                copy[n] = share * heard[n];
        }

        foreach (var step in _steps)
        {
            for (int i = 0; i < RoomDesign.Lines; i++)
                step[i].Process(_smeared[i][..count], _scratch[1]);
            Mix(_smeared, null, count);
        }
    }

    // Four lines at once: each sample waits for the one before, and four can wait side by side.
    private void Damp(int line, int count, ReadOnlySpan<float> keep)
    {
        Span<float> a = _ringing[line], b = _ringing[line + 1], c = _ringing[line + 2], d = _ringing[line + 3];
        float keepA = keep[line], keepB = keep[line + 1], keepC = keep[line + 2], keepD = keep[line + 3];
        float takeA = (1 - keepA) * _gains[line], takeB = (1 - keepB) * _gains[line + 1];
        float takeC = (1 - keepC) * _gains[line + 2], takeD = (1 - keepD) * _gains[line + 3];
        float oldA = _damped[line], oldB = _damped[line + 1], oldC = _damped[line + 2], oldD = _damped[line + 3];
        for (int n = 0; n < count; n++)
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

    // First reflections and ringing alike; the first channel hears them one way, the others partly in ways of their own.
    private void Listen(int count, in RoomSettings settings)
    {
        var (common, own) = _isFirst ? (1f, 0f) : (settings.Common, settings.Own);
        var room = _scratch[0];
        room[..count].Clear();
        for (int i = 0; i < RoomDesign.Lines; i++)
        {
            float level = (common * _level[i]) + (own * _level[RoomDesign.Lines + i]);
            Span<float> smeared = _smeared[i], ringing = _ringing[i];
            for (int n = 0; n < count; n += Vector<float>.Count)
                (new Vector<float>(room[n..]) + (level * (new Vector<float>(smeared[n..]) + new Vector<float>(ringing[n..])))).CopyTo(room[n..]);
        }
    }

    // What a last vector computes past the frames is never used.
    private static void Mix(AudioBuffer channels, AudioBuffer? added, int count)
    {
        var floor = new Vector<float>((float)Denormal.Floor);
        Span<float> a = channels[0], b = channels[1], c = channels[2], d = channels[3];
        Span<float> e = channels[4], f = channels[5], g = channels[6], h = channels[7];
        for (int n = 0; n < count; n += Vector<float>.Count)
        {
            Vector<float> va = new(a[n..]), vb = new(b[n..]), vc = new(c[n..]), vd = new(d[n..]);
            Vector<float> ve = new(e[n..]), vf = new(f[n..]), vg = new(g[n..]), vh = new(h[n..]);
            Hadamard.Mix(ref va, ref vb, ref vc, ref vd, ref ve, ref vf, ref vg, ref vh);
            va.CopyTo(a[n..]);
            vb.CopyTo(b[n..]);
            vc.CopyTo(c[n..]);
            vd.CopyTo(d[n..]);
            ve.CopyTo(e[n..]);
            vf.CopyTo(f[n..]);
            vg.CopyTo(g[n..]);
            vh.CopyTo(h[n..]);
        }

        if (added is null)
            return;
        for (int i = 0; i < RoomDesign.Lines; i++)
        {
            Span<float> to = channels[i], from = added[i];
            for (int n = 0; n < count; n += Vector<float>.Count)
            {
                var sum = new Vector<float>(to[n..]) + new Vector<float>(from[n..]);
                Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(sum), floor), Vector<float>.Zero, sum).CopyTo(to[n..]);
            }
        }
    }

    private static bool IsTurned(int bits) => (BitOperations.PopCount((uint)bits) & 1) != 0;
}
