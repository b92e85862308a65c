using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance;

/// <summary>One effect prepared for one line, with what tests do to it.</summary>
internal class Line
{
    private readonly IEffect _effect;

    public Line(
        IEffect effect,
        int sampleRate = 44_100,
        int channels = 1,
        RenderQuality quality = RenderQuality.Full,
        params (string Parameter, double Value)[] settings)
        : this(effect, FrequencyCurve.Flat, sampleRate, channels, quality, settings)
    {
    }

    public Line(
        IEffect effect,
        FrequencyCurve curve,
        int sampleRate = 44_100,
        int channels = 1,
        RenderQuality quality = RenderQuality.Full,
        params (string Parameter, double Value)[] settings)
    {
        _effect = effect;
        var values = _effect.Parameters.Select(p => p.Default).ToArray();
        foreach (var (parameter, value) in settings)
            values[IndexOf(parameter)] = value;
        Setup = new EffectSetup(new AudioFormat(sampleRate, channels), 1024, quality, 1, _effect.Parameters, values)
        {
            Curve = curve,
        };
        Timing = _effect.Prepare(Setup);
    }

    public EffectSetup Setup { get; }

    public EffectTiming Timing { get; }

    public IReadOnlyList<Parameter> Parameters => _effect.Parameters;

    /// <summary>Its settings and format, for messages.</summary>
    public override string ToString() =>
        ($"{Setup.Format}: {string.Join(", ", Parameters.Select(p => $"{p} {Setup[p]:0.##}"))} "
        + string.Join(", ", Setup.Curve.Points)).TrimEnd(':', ' ');

    public void Set(string parameter, double value) =>
        _effect.SetParameter(_effect.Parameters[IndexOf(parameter)], value);

    public void Reset() => _effect.Reset();

    /// <summary>Processes mono samples in blocks, without touching the input.</summary>
    public float[] Run(ReadOnlySpan<float> input, int block = 1024) => Run([input.ToArray()], _ => block)[0];

    /// <summary>Processes planar samples in blocks of given sizes, without touching the input.</summary>
    public float[][] Run(float[][] input, Func<int, int> blockAt, Action<int>? before = null)
    {
        int frames = input[0].Length;
        var buffer = new AudioBuffer(input.Length, 1024);
        var output = input.Select(_ => new float[frames]).ToArray();
        for (int start = 0; start < frames;)
        {
            before?.Invoke(start);
            int count = Math.Min(blockAt(start), frames - start);
            var block = buffer.Block(count);
            for (int channel = 0; channel < input.Length; channel++)
                input[channel].AsSpan(start, count).CopyTo(block[channel]);
            _effect.Process(block);
            for (int channel = 0; channel < input.Length; channel++)
                block[channel].CopyTo(output[channel].AsSpan(start));
            start += count;
        }

        return output;
    }

    public void ProcessInPlace(AudioBlock block) => _effect.Process(block);

    private int IndexOf(string parameter)
    {
        for (int i = 0; i < _effect.Parameters.Count; i++)
        {
            if (_effect.Parameters[i].Id == parameter)
                return i;
        }

        throw new ArgumentException($"No parameter \"{parameter}\".");
    }
}
