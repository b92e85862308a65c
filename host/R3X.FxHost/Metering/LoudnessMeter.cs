using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Metering;

/// <summary>
/// Loudness as ITU-R BS.1770-4 and EBU Tech 3341 and 3342 define it, for any sample rate, in bounded memory however
/// long the stream. All loudness is in LUFS and negative infinity as long as there is nothing to measure. Mono is
/// counted once, as the standard says and as ffmpeg's ebur128 does: the same voice in both channels of a stereo file is
/// 3 LU louder. The measures do not depend on how the stream was cut. One thread at a time; allocates only when made.
/// </summary>
public sealed class LoudnessMeter
{
    // Energies are kept per slot of 10 ms, ten times as fine as the standard's hop, so that the momentary maximum of a
    // short word is found.
    private const int SlotsPerSecond = 100;
    private const int MomentarySlots = 40;
    private const int ShortTermSlots = 300;
    private const int HopSlots = 10;

    private readonly KWeighting[] _channels;
    private readonly SlidingSum _momentary = new(MomentarySlots);
    private readonly SlidingSum _shortTerm = new(ShortTermSlots);
    private readonly LoudnessHistogram _blocks = new();
    private readonly LoudnessHistogram? _shortTerms;
    private long _closed;
    private int _left;
    private double _momentaryMean;
    private double _shortTermMean;
    private double _highestMomentary;
    private double _highestShortTerm;

    /// <summary>Makes a meter.</summary>
    /// <param name="format">Any rate and number of channels; five or six are left, right, centre, (low frequencies,)
    /// surrounds.</param>
    /// <param name="withRange">Whether <see cref="Range"/> is wanted: it takes as much memory as all the rest.</param>
    public LoudnessMeter(AudioFormat format, bool withRange = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(format.SampleRate, AudioFormat.MinimumSampleRate, nameof(format));
        ArgumentOutOfRangeException.ThrowIfLessThan(format.Channels, 1, nameof(format));
        Format = format;
        _shortTerms = withRange ? new LoudnessHistogram() : null;
        _channels = new KWeighting[format.Channels];
        for (int channel = 0; channel < _channels.Length; channel++)
            _channels[channel] = new KWeighting(format.SampleRate);
        Reset();
    }

    /// <summary>What is measured.</summary>
    public AudioFormat Format { get; }

    /// <summary>Frames measured so far.</summary>
    public long Frames { get; private set; }

    /// <summary>
    /// Loudness of the whole stream so far: of its 400 ms blocks, those above -70 LUFS and above 10 LU below their
    /// mean. There is none before the first block of 400 ms is full.
    /// </summary>
    public double Integrated => Loudness.OfEnergy(_blocks.GatedMean(10));

    /// <summary>Blocks of 400 ms, one every 100 ms, that were above -70 LUFS: how much <see cref="Integrated"/> rests
    /// on.</summary>
    public long LoudBlocks => _blocks.Count;

    /// <summary>Loudness of the last 400 ms, ungated, moving on every 10 ms.</summary>
    public double Momentary => Loudness.OfEnergy(_momentaryMean);

    /// <summary>Loudness of the last 3 s, ungated, moving on every 10 ms.</summary>
    public double ShortTerm => Loudness.OfEnergy(_shortTermMean);

    /// <summary>The highest <see cref="Momentary"/> there was.</summary>
    public double MaximumMomentary => Loudness.OfEnergy(_highestMomentary);

    /// <summary>The highest <see cref="ShortTerm"/> there was.</summary>
    public double MaximumShortTerm => Loudness.OfEnergy(_highestShortTerm);

    /// <summary>The loudness range in LU (EBU Tech 3342); 0 below 3 s, and of a meter made without it.</summary>
    public double Range => _shortTerms?.Spread(20, 0.1, 0.95) ?? 0;

    /// <summary>Measures the next frames.</summary>
    /// <param name="block">As many channels as the format; any number of frames. It is not changed.</param>
    public void Process(AudioBlock block)
    {
        if (block.Channels != _channels.Length)
            throw new ArgumentException(
                $"The meter has {_channels.Length} channels, the block {block.Channels}.", nameof(block));
        int start = 0;
        while (start < block.Frames)
        {
            int frames = Math.Min(block.Frames - start, _left);
            for (int channel = 0; channel < _channels.Length; channel++)
                _channels[channel].Measure(block[channel].Slice(start, frames));
            start += frames;
            _left -= frames;
            if (_left == 0)
                CloseSlot();
        }

        Frames += block.Frames;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        foreach (KWeighting channel in _channels)
            channel.Clear();
        _blocks.Clear();
        _shortTerms?.Clear();
        _momentary.Clear();
        _shortTerm.Clear();
        _closed = 0;
        Frames = 0;
        _momentaryMean = _shortTermMean = _highestMomentary = _highestShortTerm = 0;
        OpenSlot();
    }

    // Counted from the start of the stream, so that slots of 110.25 frames do not drift.
    private void OpenSlot() => _left = (int)(End(_closed + 1) - End(_closed));

    private long End(long slots) => ((slots * Format.SampleRate) + (SlotsPerSecond / 2)) / SlotsPerSecond;

    private void CloseSlot()
    {
        double energy = 0;
        for (int channel = 0; channel < _channels.Length; channel++)
            energy += Loudness.Weight(channel, _channels.Length) * _channels[channel].TakeEnergy();
        _closed++;
        Note(_momentary.Add(energy), MomentarySlots, ref _momentaryMean, ref _highestMomentary, _blocks);
        Note(_shortTerm.Add(energy), ShortTermSlots, ref _shortTermMean, ref _highestShortTerm, _shortTerms);
        OpenSlot();
    }

    // There is no loudness of a stretch before all of it has come.
    private void Note(double energy, int slots, ref double mean, ref double highest, LoudnessHistogram? every)
    {
        if (_closed < slots)
            return;
        mean = energy / (End(_closed) - End(_closed - slots));
        highest = Math.Max(highest, mean);
        if (_closed % HopSlots == 0)
            every?.Add(mean);
    }
}
