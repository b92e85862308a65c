using System;

namespace R3X.FxHost.Metering;

/// <summary>
/// The energies of all blocks so far in bounded memory: how many there were in each twentieth of a LU above the
/// absolute gate, and their exact sum.
/// </summary>
internal sealed class LoudnessHistogram
{
    /// <summary>The absolute gate in LUFS: what is not above it is not counted.</summary>
    public const double AbsoluteGate = -70;

    private const int BinsPerUnit = 20;

    // Up to +10 LUFS; what is louder falls into the last bin, with its exact energy.
    private const int Bins = 80 * BinsPerUnit;

    private readonly uint[] _counts = new uint[Bins];
    private readonly double[] _energies = new double[Bins];
    private double _energy;

    /// <summary>Blocks above the absolute gate.</summary>
    public long Count { get; private set; }

    /// <summary>Counts a block.</summary>
    /// <param name="energy">Its weighted mean square.</param>
    public void Add(double energy)
    {
        double above = Loudness.OfEnergy(energy) - AbsoluteGate;
        if (!(above > 0))
            return;
        int bin = Math.Min((int)(above * BinsPerUnit), Bins - 1);
        _counts[bin]++;
        _energies[bin] += energy;
        _energy += energy;
        Count++;
    }

    /// <summary>The mean energy of the blocks above the relative gate; 0 when there is none.</summary>
    /// <param name="below">How far the gate is below the mean of all blocks, in LU.</param>
    public double GatedMean(double below)
    {
        double gate = Gate(below);
        double energy = 0;
        long count = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            if (IsAbove(bin, gate))
            {
                energy += _energies[bin];
                count += _counts[bin];
            }
        }

        return count == 0 ? 0 : energy / count;
    }

    /// <summary>The distance in LU between two percentiles of the blocks above the relative gate; 0 when there is
    /// none.</summary>
    /// <param name="below">How far the gate is below the mean of all blocks, in LU.</param>
    /// <param name="low">The lower percentile, 0 to 1.</param>
    /// <param name="high">The higher percentile, 0 to 1.</param>
    public double Spread(double below, double low, double high)
    {
        double gate = Gate(below);
        long count = 0;
        for (int bin = 0; bin < Bins; bin++)
            count += IsAbove(bin, gate) ? _counts[bin] : 0;
        return count == 0 ? 0 : LoudnessAt(gate, (long)(((count - 1) * high) + 0.5)) - LoudnessAt(
            gate, (long)(((count - 1) * low) + 0.5));
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        Array.Clear(_energies);
        _energy = 0;
        Count = 0;
    }

    private double Gate(double below) => Count == 0 ? 0 : _energy / Count * Math.Pow(10, -below / 10);

    private bool IsAbove(int bin, double gate) => _counts[bin] > 0 && _energies[bin] > gate * _counts[bin];

    private double LoudnessAt(double gate, long place)
    {
        for (int bin = 0; bin < Bins; bin++)
        {
            if (!IsAbove(bin, gate))
                continue;
            if (place < _counts[bin])
                return Loudness.OfEnergy(_energies[bin] / _counts[bin]);
            place -= _counts[bin];
        }

        return AbsoluteGate;
    }
}
