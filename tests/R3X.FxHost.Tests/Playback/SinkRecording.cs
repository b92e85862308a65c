using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;

namespace R3X.FxHost.Tests.Playback;

/// <summary>What a loudspeaker sounds, from the moment somebody listens: frame by frame, without gaps.</summary>
public sealed class SinkRecording : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly object _lock = new();
    private readonly List<float> _samples = [];
    // The first frame of each delivery, and when it came.
    private readonly List<(long Frames, long Ticks)> _arrivals = [];
    private readonly Process _recorder;
    private readonly Thread _reader;
    private bool _ended;

    public SinkRecording(Process recorder, int sampleRate, int channels)
    {
        _recorder = recorder;
        SampleRate = sampleRate;
        Channels = channels;
        _reader = new Thread(Read) { IsBackground = true, Name = "recording" };
        _reader.Start();
    }

    public int SampleRate { get; }

    public int Channels { get; }

    /// <summary>Frames the recorder was given so far, up to 5 ms ahead of what is heard.</summary>
    public long Position
    {
        get
        {
            lock (_lock)
                return _samples.Count / Channels;
        }
    }

    /// <summary>Memory taken by what was recorded, in bytes.</summary>
    public long KeptBytes
    {
        get
        {
            lock (_lock)
                return ((long)_samples.Capacity * sizeof(float)) + (_arrivals.Capacity * 16L);
        }
    }

    /// <summary>Waits until an idle sink, which renders far ahead, has run out of what it rendered and follows
    /// promptly.</summary>
    public void WaitUntilPrompt() => WaitFor(() =>
        _arrivals.Count > 12
        && _arrivals[^1].Frames - _arrivals[^2].Frames <= SampleRate / 50
        && _arrivals[^1].Frames - _arrivals[^11].Frames < SampleRate / 5);

    /// <summary>Waits until so many frames have been heard.</summary>
    public void WaitUntil(long position) => WaitFor(() => _samples.Count / Channels >= position);

    /// <summary>Waits until something is heard at or behind a position; gives its first frame.</summary>
    public long WaitForSound(long from)
    {
        long found = -1;
        WaitFor(() => (found = FirstSound(from)) >= 0);
        return found;
    }

    /// <summary>Waits until sound behind a position is followed by as much silence as told; gives both ends of the
    /// sound.</summary>
    public (long Start, long End) WaitForSoundToEnd(long from, double silenceMilliseconds = 200)
    {
        long start = WaitForSound(from);
        long end = start;
        WaitFor(() =>
        {
            long total = _samples.Count / Channels;
            for (long frame = total - 1; frame >= end; frame--)
            {
                if (Sounds(frame))
                    end = frame + 1;
            }

            return total - end >= silenceMilliseconds * SampleRate / 1000;
        });
        return (start, end);
    }

    /// <summary>
    /// Hears what is played; again where a machine that is busy with other things starved the loudspeaker: what is
    /// heard then is longer, and says nothing.
    /// </summary>
    /// <param name="play">Plays, and gives how many frames should be heard.</param>
    public (long Start, long End) Hear(Func<int> play)
    {
        for (int attempt = 1; ; attempt++)
        {
            long from = Position;
            int frames = play();
            (long start, long end) = WaitForSoundToEnd(from);
            if (end - start <= frames || attempt == BestOf.Tries)
                return (start, end);
        }
    }

    /// <summary>One channel of what was heard.</summary>
    public float[] Channel(int channel, long from, long to)
    {
        lock (_lock)
        {
            var samples = new float[to - from];
            for (int i = 0; i < samples.Length; i++)
                samples[i] = _samples[(int)(((from + i) * Channels) + channel)];
            return samples;
        }
    }

    /// <summary>
    /// When a frame was heard, as a Stopwatch timestamp. A sink takes 5 ms at a time, gives them to the recorder in
    /// that moment, and sounds them from then on. A busy machine delivers late and never early, so the promptest
    /// delivery within a second tells the time of all.
    /// </summary>
    public long HeardAt(long frame)
    {
        double ticksPerFrame = Stopwatch.Frequency / (double)SampleRate;
        lock (_lock)
        {
            return (long)_arrivals
                .Where(a => Math.Abs(a.Frames - frame) < SampleRate)
                .Min(a => a.Ticks + ((frame - a.Frames) * ticksPerFrame));
        }
    }

    public void Dispose()
    {
        if (!_recorder.HasExited)
            _recorder.Kill();
        _reader.Join();
        _recorder.Dispose();
    }

    private long FirstSound(long from)
    {
        for (long frame = from; frame < _samples.Count / Channels; frame++)
        {
            if (Sounds(frame))
                return frame;
        }

        return -1;
    }

    private bool Sounds(long frame)
    {
        for (int channel = 0; channel < Channels; channel++)
        {
            if (_samples[(int)((frame * Channels) + channel)] != 0)
                return true;
        }

        return false;
    }

    private void WaitFor(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            while (!condition())
            {
                TimeSpan left = Patience - Stopwatch.GetElapsedTime(start);
                if (_ended || left <= TimeSpan.Zero || !Monitor.Wait(_lock, left))
                    throw new TimeoutException(
                        _ended ? "The recorder ended." : $"Not heard within {Patience.TotalSeconds:0} seconds.");
            }
        }
    }

    private void Read()
    {
        Stream stream = _recorder.StandardOutput.BaseStream;
        var bytes = new byte[65_536];
        int kept = 0;
        int frameBytes = Channels * sizeof(float);
        while (true)
        {
            int got = stream.Read(bytes, kept, bytes.Length - kept);
            int whole = (kept + got) / frameBytes * frameBytes;
            lock (_lock)
            {
                _arrivals.Add((_samples.Count / Channels, Stopwatch.GetTimestamp()));
                _samples.AddRange(MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, whole)));
                _ended = got == 0;
                Monitor.PulseAll(_lock);
            }

            if (got == 0)
                return;
            Buffer.BlockCopy(bytes, whole, bytes, 0, kept + got - whole);
            kept = kept + got - whole;
        }
    }
}
