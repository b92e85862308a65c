using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Levelling;
using R3X.FxHost.Lines;
using R3X.FxHost.Playback;
using R3X.FxHost.Queue;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Sinks;

/// <summary>
/// What is played on a virtual loudspeaker, as an endless line: the last seconds of it are kept for chains that come
/// later. What sounds goes to the real loudspeaker as it comes; while nothing sounds, nothing goes there, and the next
/// sound begins with the usual latency. One thread, unless a member says otherwise.
/// </summary>
/// <param name="sink">The virtual loudspeaker.</param>
/// <param name="begin">Takes a place on the real one, for a sound.</param>
internal sealed class SinkLine(VirtualSink sink, Func<LoudspeakerSink> begin) : ILineFrames
{
    private const double HistoryMilliseconds = 2_000;
    private const double RestsAfterMilliseconds = 2_000;

    // -100 dBFS: below the smallest step of 16 bits.
    private const float Silence = 1e-5f;

    private const int LooksPerReport = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly FrameRing _history = new(sink.Format, sink.Format.Frames(HistoryMilliseconds));
    private readonly int _blockFrames = Math.Min(sink.Format.Frames(10), ChainSetup.MaxBlockFrames);
    private readonly int _restsAfter = sink.Format.Frames(RestsAfterMilliseconds);
    private readonly Pace _pace = new(sink.Format);
    private readonly AudioBuffer _block = new(sink.Format.Channels, ChainSetup.MaxBlockFrames);
    private Splice _splice = new(sink.Format, ChainSetup.MaxBlockFrames);
    private LineChain? _choice;
    private LoudspeakerSink? _sound;

    // Whether everything on the way to the loudspeaker has been run, with silence, before the first sound.
    private bool _isWarm;
    private long _arrived;
    private int _quiet;
    private double _delay = double.PositiveInfinity;
    private bool _isMeasured;
    private bool _ranDry;
    private int _passed;
    private long _underruns;
    private double _latencies;
    private long _looks;

    /// <inheritdoc/>
    public long End => long.MaxValue;

    /// <inheritdoc/>
    public long Arrived => Volatile.Read(ref _arrived);

    /// <inheritdoc/>
    public void Read(long frame, AudioBlock block) => _history.Read(frame, block);

    /// <summary>Makes a choice's chain ready. It begins at the level that the one before it has come to. Any thread,
    /// one at a time.</summary>
    public Chain Prepare(LineChain choice)
    {
        _choice?.End();
        _choice = choice;
        using LineStart start = choice.Prepare(sink.Format, held: null);
        return start.Chain;
    }

    /// <summary>Takes what is played to the real loudspeaker, until it is cancelled.</summary>
    /// <param name="crossfader">The way through the chains.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DeviceException">The virtual loudspeaker or the server is gone.</exception>
    public async Task FeedAsync(ChainCrossfader crossfader, CancellationToken cancellation)
    {
        PulseRecording recording = sink.Recording;
        using CancellationTokenRegistration woken = cancellation.UnsafeRegister(
            static recording => ((PulseRecording)recording!).Wake(), recording);
        // What a chain needs before it gives anything: silence.
        Volatile.Write(ref _arrived, crossfader.LatencyFrames);
        crossfader.Restart();
        try
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                int came = recording.Read(_block.Block(_blockFrames), out int waiting);
                if (came == 0)
                {
                    recording.Wait(Patience);
                    continue;
                }

                bool isSilent = !Sounds(_block.Block(came), Silence);
                if (isSilent && _sound is null && _isWarm)
                    continue;
                if (!isSilent && !_isWarm)
                {
                    // The first sound comes sooner.
                    EndWarmUp();
                    Tell(report => report with { Sounds = _sound is null ? 0 : 1 });
                }

                Arrive(_block.Block(came), isSilent);
                while (Math.Min(Arrived - crossfader.LatencyFrames - crossfader.Frame, _blockFrames) is var ready
                    and > 0)
                {
                    crossfader.Read(_block.Block((int)ready));
                    await PassAsync((int)ready, waiting, crossfader.LatencyFrames, cancellation);
                }
            }
        }
        finally
        {
            _choice?.End();
            _sound?.Dispose();
        }
    }

    private void Arrive(AudioBlock block, bool isSilent)
    {
        _history.Write(_arrived, block);
        Volatile.Write(ref _arrived, _arrived + block.Frames);
        _quiet = isSilent ? Math.Min(_restsAfter, _quiet) + block.Frames : 0;
    }

    private async ValueTask PassAsync(int frames, int waiting, int latency, CancellationToken cancellation)
    {
        if (_sound is null && _quiet > 0 && _isWarm)
            return;
        bool isAudible = _quiet == 0 || Sounds(_block.Block(frames), RingOut.Inaudible);
        if (_sound is null)
            await BeginAsync(cancellation);
        else if (_quiet > 0 && isAudible)
            // It still rings.
            _quiet = Math.Min(_quiet, _blockFrames);

        await GiveAsync(frames, cancellation);
        if (_quiet >= _restsAfter)
            Rest();
        else
            Follow(frames, waiting, latency, isAudible);
    }

    private async ValueTask BeginAsync(CancellationToken cancellation)
    {
        _sound = begin();
        _splice = new Splice(sink.Format, ChainSetup.MaxBlockFrames);
        _pace.Begin();
        _underruns = 0;
        (_isMeasured, _passed) = (false, 0);
        Tell(static report => report with { Sounds = report.Sounds + 1 });
        await _sound.OpenAsync(sink.Format, cancellation);
    }

    private async ValueTask GiveAsync(int frames, CancellationToken cancellation)
    {
        if (!_splice.IsBusy)
        {
            _splice.Remember(_block.Block(frames));
            await _sound!.WriteAsync(_block, 0, frames, cancellation);
        }
        else if (_splice.Pass(_block.Block(frames)) is var given and > 0)
        {
            await _sound!.WriteAsync(_splice.Out, 0, given, cancellation);
        }
    }

    private void Rest()
    {
        LoudspeakerSink over = _sound!;
        _sound = null;
        if (!_isWarm)
            EndWarmUp();
        over.TailBegins();
        _ = EndAsync(over);
    }

    private void EndWarmUp() => (_isWarm, _latencies, _looks) = (true, 0, 0);

    // It is heard to its end while the next sound may come.
    private static async Task EndAsync(LoudspeakerSink over)
    {
        using (over)
        {
            try
            {
                await over.CompleteAsync(CancellationToken.None);
            }
            catch (Exception e) when (e is OperationCanceledException or DeviceException or ObjectDisposedException)
            {
                // It was silent by then.
            }
        }
    }

    private void Follow(int frames, int waiting, int latency, bool isAudible)
    {
        if (_sound!.Underruns is var underruns && underruns > _underruns)
        {
            Tell(report => report with { Underruns = report.Underruns + underruns - _underruns });
            _underruns = underruns;
            _pace.RanDry();
            // Another loudspeaker may have taken its place, which takes longer: the next sound tells.
            (_ranDry, _isMeasured) = (true, true);
        }

        double underWay = waiting + _sound.Unheard;
        _passed = Math.Min(_passed + frames, sink.Format.SampleRate);
        // The loudspeaker's own part is what the promptest sound had: a busy machine begins late, and never early. At
        // first the loudspeaker does not know it itself.
        if (!_isMeasured && _passed > sink.Format.SampleRate / 2 && _sound.DeviceDelay is var delay
            && delay > TimeSpan.Zero)
        {
            _delay = _ranDry ? delay.TotalSeconds : Math.Min(_delay, delay.TotalSeconds);
            (_ranDry, _isMeasured) = (false, true);
        }

        int correction = double.IsPositiveInfinity(_delay) ? 0 : _pace.Follow(
            frames, underWay, ((sink.BufferMilliseconds / 1000) + _delay) * sink.Format.SampleRate);
        // A little too much waits for a pause, in which nobody hears that it is left out.
        if (correction < 0 || correction > 2 * sink.Format.Frames(Pace.SlackMilliseconds)
            || (correction > 0 && !isAudible))
        {
            _splice.Begin(correction);
            Tell(static report => report with { Corrections = report.Corrections + 1 });
        }

        _latencies += underWay + latency;
        if (++_looks % LooksPerReport == 1)
        {
            Tell(report => report with
            {
                AddedLatency = TimeSpan.FromSeconds(_latencies / _looks / sink.Format.SampleRate),
                Effects = TimeSpan.FromSeconds((double)latency / sink.Format.SampleRate),
            });
        }
    }

    // Silence that nobody plays is not told.
    private void Tell(Func<SinkReport, SinkReport> change)
    {
        if (_isWarm)
            sink.Report = change(sink.Report);
    }

    private static bool Sounds(AudioBlock block, float above)
    {
        for (int channel = 0; channel < block.Channels; channel++)
        {
            if (block[channel].IndexOfAnyExceptInRange(-above, above) >= 0)
                return true;
        }

        return false;
    }
}
