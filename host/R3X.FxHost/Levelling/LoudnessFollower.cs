using System;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Levelling;

/// <summary>
/// Brings a live line to a loudness: the gain starts where it is told to and moves towards what the last half minute
/// asks for, by less than 3 dB a second together with the gain in front of it. While nothing is heard it waits. Audio
/// thread.
/// </summary>
/// <param name="setup">The chain's setup.</param>
/// <param name="target">What is to come out, in LUFS.</param>
/// <param name="startDb">The gain at the first frame, in dB.</param>
/// <param name="most">The largest gain, in dB.</param>
/// <param name="inFront">The follower of the gain in front of this one, or null.</param>
internal sealed class LoudnessFollower(ChainSetup setup, double target, double startDb, double most,
    LoudnessFollower? inFront) : IGainFollower
{
    private const double MostPerSecond = 2.9;

    // The last of the way is taken slower and slower, in seconds; closer than this, in dB, is there.
    private const double Approach = 0.7;
    private const double CloseEnough = 0.2;

    // Blocks of 400 ms, one every 100 ms: 0.6 s of sound.
    private const int LeastBlocks = 3;

    private readonly RecentLoudness _recent = new(setup.Format);

    // By cell of the grid, for the gain behind: a block passes this one whole before it reaches that one.
    private readonly double[] _gains = new double[(setup.MaxFrames / ParameterGrid.Frames) + 3];
    private readonly double _cellSeconds = (double)ParameterGrid.Frames / setup.Format.SampleRate;
    private double _gain;
    private bool _moves;
    private long _cell;

    /// <summary>The gain now, in dB.</summary>
    public double GainDb => _gain;

    /// <summary>What arrived in the whole line, in LUFS; null when it was silent or shorter than 400 ms.</summary>
    public double? Heard => _recent.Whole;

    /// <summary>What arrived lately, in LUFS; null when that is not known yet.</summary>
    public double? HeardLately => _recent.Blocks >= LeastBlocks ? _recent.Loudness : null;

    public double NextGainDb()
    {
        if (HeardLately is { } heard)
            Move(StartingGains.Limit(target - heard, most) - _gain);
        _cell++;
        _gains[_cell % _gains.Length] = _gain;
        return _gain;
    }

    public void Hear(AudioBlock arriving) => _recent.Hear(arriving, inFront?.GainAt(_cell) ?? 0);

    public void Reset()
    {
        _recent.Reset();
        _gain = startDb;
        _moves = false;
        _cell = 0;
        Array.Fill(_gains, startDb);
    }

    private double GainAt(long cell) => _gains[cell % _gains.Length];

    private void Move(double way)
    {
        // Once it is there it stays until the way has become long enough to be worth a move.
        _moves = Math.Abs(way) > (_moves ? CloseEnough : 2 * CloseEnough);
        if (!_moves)
            return;
        double furthest = MostPerSecond * _cellSeconds;
        double step = Math.Clamp(way * _cellSeconds / Approach, -furthest, furthest);
        double already = inFront is null ? 0 : inFront.GainAt(_cell + 1) - inFront.GainAt(_cell);
        _gain += Math.Clamp(step, Math.Min(0, -furthest - already), Math.Max(0, furthest - already));
    }
}
