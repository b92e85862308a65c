using System;
using System.Numerics;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Effects;

/// <summary>
/// The last stretch of the line, and its repeats. A skip at frame n plays the piece n - length ... n over and over; at
/// each seam what follows the piece crossfades into its beginning with constant power, since two places of a line are
/// uncorrelated.
/// </summary>
internal sealed class StutterMemory
{
    private const double FadeMilliseconds = 4;

    private readonly ulong _seed;
    private readonly int _interval;
    private readonly int _length;
    private readonly int _repeats;
    private readonly float[] _rising;
    private readonly float[] _falling;
    private readonly float[][] _memory;
    private long _now;
    private long _skippedAt;
    private int _left;
    private bool _isSkipping;

    /// <param name="format">The line's format.</param>
    /// <param name="seed">Decides which moments are taken.</param>
    /// <param name="interval">Frames between two moments.</param>
    /// <param name="length">Frames of a piece.</param>
    /// <param name="repeats">How often a piece is played again, at least 1.</param>
    public StutterMemory(AudioFormat format, ulong seed, int interval, int length, int repeats)
    {
        _seed = seed;
        _interval = interval;
        _length = length;
        _repeats = repeats;
        int fade = Math.Min(format.Frames(FadeMilliseconds), length / 2);
        (_rising, _falling) = (new float[fade], new float[fade]);
        for (int i = 0; i < fade; i++)
        {
            double angle = Math.PI / 2 * (i + 1) / (fade + 1);
            _rising[i] = (float)Math.Sin(angle);
            _falling[i] = (float)Math.Cos(angle);
        }

        _memory = new float[format.Channels][];
        for (int i = 0; i < _memory.Length; i++)
            _memory[i] = new float[BitOperations.RoundUpToPowerOf2((uint)(((repeats + 1) * length) + fade + 1))];
    }

    /// <summary>A skip just after the end plays what was just before it.</summary>
    public int TailFrames => ((_repeats + 1) * _length) + _rising.Length;

    /// <summary>Plays the line, in place.</summary>
    /// <param name="block">Any number of frames.</param>
    /// <param name="chance">Of a skip at each moment, 0 to 1.</param>
    public void Process(AudioBlock block, double chance)
    {
        for (int start = 0; start < block.Frames;)
        {
            if (_left == 0)
                _left = FramesToNextEvent(chance);
            int frames = Math.Min(block.Frames - start, _left);
            var segment = block.Slice(start, frames);
            for (int channel = 0; channel < segment.Channels; channel++)
            {
                Write(_memory[channel], segment[channel]);
                if (_isSkipping)
                    Skip(_memory[channel], segment[channel], (int)(_now - _skippedAt));
            }

            _now += frames;
            _left -= frames;
            start += frames;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (float[] memory in _memory)
            Array.Clear(memory);
        _now = 0;
        _left = 0;
        _isSkipping = false;
    }

    // Runs are cut wherever something begins or ends, so that within a run only one thing is done.
    private int FramesToNextEvent(double chance)
    {
        int skipped = (int)(_now - _skippedAt);
        if (_isSkipping && skipped == (_repeats * _length) + _rising.Length)
            _isSkipping = false;
        int intoInterval = (int)(_now % _interval);
        if (!_isSkipping && intoInterval == 0 && _now > 0 && Draw((ulong)(_now / _interval)) < chance)
        {
            _isSkipping = true;
            _skippedAt = _now;
            skipped = 0;
        }

        if (!_isSkipping)
            return _interval - intoInterval;
        int intoPiece = skipped % _length;
        return intoPiece < _rising.Length ? _rising.Length - intoPiece : _length - intoPiece;
    }

    private void Skip(float[] memory, Span<float> samples, int skipped)
    {
        int mask = memory.Length - 1;
        int into = skipped % _length;
        bool isBack = skipped >= _repeats * _length;
        int piece = (int)(_skippedAt & mask) - _length + into;
        if (into >= _rising.Length)
        {
            for (int i = 0; i < samples.Length; i++)
                samples[i] = memory[(piece + i) & mask];
            return;
        }

        for (int i = 0; i < samples.Length; i++)
        {
            float newer = isBack ? samples[i] : memory[(piece + i) & mask];
            float older = memory[(piece + _length + i) & mask];
            samples[i] = (_rising[into + i] * newer) + (_falling[into + i] * older);
        }
    }

    private void Write(float[] memory, ReadOnlySpan<float> samples)
    {
        int at = (int)(_now & (memory.Length - 1));
        int first = Math.Min(samples.Length, memory.Length - at);
        samples[..first].CopyTo(memory.AsSpan(at));
        samples[first..].CopyTo(memory);
    }

    // Drawn from seed and moment alone, so that one moment does not depend on what became of those before it; the seed
    // is scrambled first, or neighbouring seeds would draw alike.
    private double Draw(ulong moment) =>
        (Scramble(Scramble(_seed) + (moment * 0x9E3779B97F4A7C15)) >> 11) * (1.0 / (1UL << 53));

    // The finaliser of G. Steele, D. Lea and C. Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
    private static ulong Scramble(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
