using System;
using System.Collections.Generic;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Metering;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Speaking;

/// <summary>
/// Sends a held line through its chain once before it is spoken, to find the gain with which it leaves the chain as loud as it is to
/// be. It leaves no trace: effects of its own, no fault on record, the same seed.
/// </summary>
internal sealed class Rehearsal : IGainFollower, IDisposable
{
    // The limiter takes the less away the closer the gain is, so few rounds are needed.
    private const int MostRounds = 6;
    private const double CloseEnough = 0.05;

    // How much of a dB of gain comes out of a limiter at least; less would make a round leap.
    private const double LeastYield = 0.2;

    private readonly ChainPlan _plan;
    private readonly ChainSetup _setup;
    private readonly LoudnessMeter _arriving;
    private readonly SampleSpool _arrived;
    private readonly AudioBuffer _block;

    /// <param name="plan">The chain.</param>
    /// <param name="setup">The line's own, its reference gain included.</param>
    public Rehearsal(ChainPlan plan, ChainSetup setup)
    {
        _plan = plan;
        _setup = setup with { IsRehearsal = true, OnFault = null };
        _arriving = new LoudnessMeter(setup.Format);
        _arrived = new SampleSpool(setup.Format);
        _block = new AudioBuffer(setup.Format.Channels, setup.MaxFrames);
    }

    /// <summary>The loudness in LUFS of what arrives where loudness is matched; null when that is silence.</summary>
    /// <param name="line">The line.</param>
    public double? Listen(HeldLine line)
    {
        Run(Chain.Prepare(_plan, _setup with { Match = new ChainGain(0, this) }), line.Read, null);
        return _arriving.LoudBlocks > 0 ? _arriving.Integrated : null;
    }

    /// <summary>Finds the gain at the match point, in dB; null when nothing arrives there.</summary>
    /// <param name="line">The line.</param>
    /// <param name="target">What it is to be as it leaves the chain, in LUFS.</param>
    public double? FindMatch(HeldLine line, double target)
    {
        if (Listen(line) is not { } arrival)
            return null;
        double gain = Limit(target - arrival);
        double yield = 1;
        (double Gain, double Loudness)? before = null;
        for (int round = 0; round < MostRounds && Leaving(gain) is { } loudness && Math.Abs(target - loudness) > CloseEnough; round++)
        {
            if (before is { } last && last.Gain != gain)
                yield = Math.Clamp((loudness - last.Loudness) / (gain - last.Gain), LeastYield, 1);
            before = (gain, loudness);
            gain = Limit(gain + ((target - loudness) / yield));
        }

        return gain;
    }

    double IGainFollower.NextGainDb() => 0;

    void IGainFollower.Hear(AudioBlock arriving)
    {
        _arriving.Process(arriving);
        _arrived.Write(arriving);
    }

    void IGainFollower.Reset()
    {
    }

    public void Dispose() => _arrived.Dispose();

    private static double Limit(double decibels) => StartingGains.Limit(decibels, StartingGains.MostMatch);

    // Only what stands behind the match point has to be heard again.
    private double? Leaving(double gain)
    {
        var rest = new List<SlotPlan>();
        for (int i = _plan.MatchPoint; i < _plan.Slots.Count; i++)
            rest.Add(_plan.Slots[i]);
        var leaving = new LoudnessMeter(_setup.Format);
        Run(Chain.Prepare(_plan with { Slots = rest }, _setup with { Reference = new ChainGain(0), Match = new ChainGain(gain) }), _arrived.Read, leaving);
        return leaving.LoudBlocks > 0 ? leaving.Integrated : null;
    }

    private void Run(Chain chain, Reader read, LoudnessMeter? leaving)
    {
        long frame = 0;
        for (int frames; (frames = read(frame, _block.Block(_block.Frames))) > 0; frame += frames)
            Process(chain, frames, leaving);
        for (long late = (long)chain.LatencyFrames + chain.TailFrames; late > 0; late -= _block.Frames)
        {
            int frames = (int)Math.Min(late, _block.Frames);
            _block.Block(frames).Clear();
            Process(chain, frames, leaving);
        }
    }

    private void Process(Chain chain, int frames, LoudnessMeter? leaving)
    {
        AudioBlock block = _block.Block(frames);
        chain.Process(block);
        leaving?.Process(block);
    }

    private delegate int Reader(long frame, AudioBlock block);
}
