using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Levelling;
using R3X.FxHost.Lines;
using R3X.FxHost.Presets;

namespace R3X.FxHost.Auditioning;

/// <summary>
/// Makes the chains of an audition ready, off the audio path. A new one is heard with the gains of the one before it as
/// soon as it is prepared; when no newer one comes, the whole line is measured, and gains are what they should be.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "Whoever measures disposes what gives the measuring up.")]
internal sealed class AuditionPreparing(LineChains chains, LoopedLine line, ulong seed) : IDisposable
{
    // Nobody's loudspeaker is to clip because a source was raised to the others' loudness.
    private const double Ceiling = -1;

    // A source that cannot be as loud as the others below the ceiling draws them down by so much at most, in dB.
    private const double MostLowered = 12;

    private readonly Lock _gate = new();
    private readonly (bool IsThere, Preset? Preset)[] _wanted = new (bool, Preset?)[3];
    private readonly MeasuredTake _held = line.Hold();
    private AuditionVoice[] _voices = [];
    private CancellationTokenSource? _measuring;
    private Task _work = Task.CompletedTask;
    private bool _isWorking;
    private bool _isDisposed;
    private Verdict? _verdict;

    /// <summary>There is another <see cref="Verdict"/>, or other faults.</summary>
    public Action? Changed { get; set; }

    /// <summary>Of the edited preset, when it was measured last.</summary>
    public Verdict? Verdict => Volatile.Read(ref _verdict);

    /// <summary>Why the line could not be measured, a whole sentence; null where it could. Any thread.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether nothing is left to do.</summary>
    public bool IsSettled
    {
        get
        {
            lock (_gate)
                return !_isWorking;
        }
    }

    /// <summary>Makes the first chains ready, measured.</summary>
    public AuditionVoice[] Begin(Preset? saved, Preset? edited, CancellationToken cancellation)
    {
        AuditionVoice first = Voice(PlanOf(saved), null);
        _voices = [Voice(ChainPlan.Dry, null), first, Voice(PlanOf(edited), first)];
        Measure(cancellation);
        return _voices;

        AuditionVoice Voice(ChainPlan plan, AuditionVoice? other)
        {
            StartingGains? known = other?.Choice.Plan.SoundsLike(plan) == true ? other.Gains : null;
            LineChain choice = chains.Of(plan, seed, known);
            using LineStart start = choice.Prepare(line.Format, _held, cancellation: cancellation);
            return new AuditionVoice(line, choice, start.Chain);
        }
    }

    /// <summary>Takes a preset for a source; the latest counts. Any thread.</summary>
    public void Offer(AuditionSource source, Preset? preset)
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _wanted[(int)source] = (true, preset);
            _measuring?.Cancel();
            if (_isWorking)
                return;
            _isWorking = true;
            _work = Task.Run(Work);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _measuring?.Cancel();
        }

        // What is being prepared ends by itself, and then everything is let go.
        _work.ContinueWith(_ => Close(), TaskScheduler.Default);
    }

    private void Close()
    {
        foreach (AuditionVoice voice in _voices)
            voice.Line.Close();
        _held.Dispose();
    }

    private void Work()
    {
        while (Take() is var (source, preset, measuring))
        {
            try
            {
                if (source is { } changed)
                    Exchange(_voices[(int)changed], PlanOf(preset));
                else
                    Measure(measuring.Token);
            }
            catch (OperationCanceledException)
            {
                // A newer preset came.
            }
            catch (IOException e)
            {
                Problem = $"The line could not be measured, so the sources may not be equally loud: {e.Message}";
                lock (_gate)
                    _isWorking = false;
                Changed?.Invoke();
                return;
            }

            Changed?.Invoke();
        }
    }

    // The source that is to sound otherwise; null where there is none, and it is time to measure.
    private (AuditionSource? Source, Preset? Preset, CancellationTokenSource Measuring)? Take()
    {
        lock (_gate)
        {
            // Where nobody can come to cancel it.
            _measuring?.Dispose();
            _measuring = null;
            int next = _isDisposed ? -1 : Array.FindLastIndex(_wanted, wanted => wanted.IsThere);
            if (next < 0 && (_isDisposed || _voices.All(voice => voice.Measured is not null)))
            {
                _isWorking = false;
                return null;
            }

            _measuring = new CancellationTokenSource();
            if (next < 0)
                return (null, null, _measuring);
            Preset? preset = _wanted[next].Preset;
            _wanted[next] = default;
            return ((AuditionSource)next, preset, _measuring);
        }
    }

    private ChainPlan PlanOf(Preset? preset) => preset is null ? ChainPlan.Dry : chains.PlanOf(preset);

    private void Exchange(AuditionVoice voice, ChainPlan plan)
    {
        if (voice.Choice.Plan.SoundsLike(plan))
            return;
        StartingGains gains = voice.Gains;
        if ((voice.Choice.Plan.MatchLoudness, plan.MatchLoudness) is (double before, double now))
            gains = gains with { MatchDb = gains.MatchDb + now - before };
        Hear(voice, plan, gains);
        voice.Measured = null;
        voice.HasOwnGains = false;
    }

    private void Hear(AuditionVoice voice, ChainPlan plan, StartingGains gains)
    {
        LineChain choice = chains.Of(plan, seed, gains);
        using LineStart start = choice.Prepare(line.Format, held: null);
        voice.Line.Offer(start.Chain);
        voice.Choice = choice;
        voice.Gains = gains;
    }

    private void Measure(CancellationToken cancellation)
    {
        foreach (AuditionVoice voice in _voices)
        {
            if (voice.Measured is not null)
                continue;
            ChainPlan plan = voice.Choice.Plan;
            AuditionVoice? alike = _voices.FirstOrDefault(
                other => other.Measured is not null && other.Choice.Plan.SoundsLike(plan));
            StartingGains gains = alike?.Gains ?? (voice.HasOwnGains ? voice.Gains : Gains(plan, cancellation));
            MeasuredLoop measured = alike?.Measured ?? Measure(plan, gains, cancellation);
            if (gains != voice.Gains)
                Hear(voice, plan, gains);
            voice.HasOwnGains = true;
            voice.Measured = measured;
        }

        Balance();
        Volatile.Write(ref _verdict, _voices[2].Measured!.Against(_voices[0].Measured!, line.Format.SampleRate));
    }

    private MeasuredLoop Measure(ChainPlan plan, StartingGains gains, CancellationToken cancellation)
    {
        using LineStart start = chains.Of(plan, seed, gains).Prepare(
            line.Format, held: null, isUnheard: true, isDryRun: true, cancellation: cancellation);
        return MeasuredLoop.Of(line, start.Chain, cancellation);
    }

    // Those that bring the line to its loudness in front of the chain and behind it.
    private StartingGains Gains(ChainPlan plan, CancellationToken cancellation)
    {
        LineChain choice = chains.Of(plan, seed);
        using LineStart start = choice.Prepare(line.Format, _held, isDryRun: true, cancellation: cancellation);
        start.Chain.Close();
        return choice.Gains ?? StartingGains.None;
    }

    // All as loud as the dry line, or as much softer as one has to be whose peaks would not fit.
    private void Balance()
    {
        MeasuredLoop[] all = [.. _voices.Select(voice => voice.Measured!)];
        double dry = all[0].Loudness;
        double target = all.Where(each => double.IsFinite(each.Loudness)).Select(
            each => each.Loudness + Ceiling - each.TruePeak).Append(dry).Min();
        target = Math.Max(target, dry - MostLowered);
        foreach (AuditionVoice voice in _voices)
        {
            MeasuredLoop measured = voice.Measured!;
            double most = Ceiling - measured.TruePeak;
            voice.GainDb = double.IsFinite(target - measured.Loudness)
                ? Math.Min(target - measured.Loudness, most) : Math.Min(0, most);
        }
    }
}
