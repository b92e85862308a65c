using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

/// <summary>
/// The power of the line as it reaches the chain, cell by cell of the line's grid (<see cref="ParameterGrid"/>): the
/// mean square over all channels, so that a sine of full scale has -3 dBFS. It follows from the frames alone and not
/// from how they were cut. Audio thread.
/// </summary>
internal sealed class LineLevel(AudioFormat format, int maxFrames)
{
    private readonly double[] _ended = new double[(maxFrames / ParameterGrid.Frames) + 1];
    private int _count;
    private int _position;
    private double _sum;

    /// <summary>The mean squares of the cells that ended inside the block heard last, in order.</summary>
    public ReadOnlySpan<double> Ended => _ended.AsSpan(0, _count);

    /// <summary>Hears a block of the line.</summary>
    public void Hear(AudioBlock block)
    {
        _count = 0;
        for (int i = 0; i < block.Frames; i++)
        {
            for (int channel = 0; channel < block.Channels; channel++)
            {
                double sample = block[channel][i];
                _sum += sample * sample;
            }

            if (++_position < ParameterGrid.Frames)
                continue;
            _ended[_count++] = _sum / (ParameterGrid.Frames * format.Channels);
            (_sum, _position) = (0, 0);
        }
    }

    public void Reset() => (_count, _position, _sum) = (0, 0, 0);
}
