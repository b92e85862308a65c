using System;
using System.IO;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// A loudspeaker that writes what it would have sounded to a WAV file of 32-bit float samples. Pauses between lines are
/// left out. Paced, what was flushed is missing, as it would have been to a listener.
/// </summary>
internal sealed class FileDevice : IOutputDevice
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly WavRecording _recording;
    private readonly PacedClock? _clock;
    private readonly float[] _interleaved;
    private float[] _unheard = [];
    private int _unheardSamples;
    private bool _closed;

    /// <summary>Creates the file, or empties it.</summary>
    /// <param name="path">Where.</param>
    /// <param name="format">The format the file gets.</param>
    /// <param name="options">Buffer, clock, and whether it keeps pace.</param>
    /// <exception cref="DeviceException">The file cannot be written.</exception>
    public FileDevice(string path, AudioFormat format, OutputDeviceOptions options)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new DeviceException("The device 'file:' needs a path behind the colon, as in file:out.wav.");
        _path = path;
        Format = format;
        _interleaved = new float[IOutputDevice.MostFrames * format.Channels];
        try
        {
            _recording = new WavRecording(path, format);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Unwritable(e);
        }

        _clock = options.Paced ? new PacedClock(format.SampleRate, options.Buffer, options.Time) : null;
    }

    /// <inheritdoc/>
    public string Name => $"file:{_path}";

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <inheritdoc/>
    public TimeSpan Latency => _clock?.Latency ?? TimeSpan.Zero;

    /// <inheritdoc/>
    public void Write(AudioBlock block)
    {
        Interleaving.Check(block, Format);
        Span<float> samples = _interleaved.AsSpan(0, block.Frames * block.Channels);
        Interleaving.Interleave(block, samples);
        lock (_lock)
            Queue(samples);
        _clock?.Play(block.Frames);
        Record(stays: false);
    }

    /// <inheritdoc/>
    public void Drain()
    {
        _clock?.Drain();
        Record(stays: true);
    }

    /// <inheritdoc/>
    public void Flush()
    {
        if (_clock is null)
            return;
        lock (_lock)
        {
            if (_closed)
                return;
            int waiting = _clock.Waiting;
            _clock.Flush();
            try
            {
                KeepHeard(waiting);
            }
            catch (IOException)
            {
                // The next write meets the same disk and says so to someone who can act on it.
            }

            _unheardSamples = 0;
        }
    }

    /// <inheritdoc/>
    public int Rewind(int frames)
    {
        lock (_lock)
        {
            int taken = _clock is null
                || _closed ? 0 : _clock.Rewind(Math.Min(frames, _unheardSamples / Format.Channels));
            _unheardSamples -= taken * Format.Channels;
            return taken;
        }
    }

    /// <inheritdoc/>
    public void InterruptWait()
    {
        lock (_lock)
        {
            if (!_closed)
                _clock?.InterruptWait();
        }
    }

    /// <inheritdoc/>
    public long Underruns => _clock?.Underruns ?? 0;

    /// <summary>Stops at once and closes the file; what was not yet heard is dropped.</summary>
    public void Dispose()
    {
        Flush();
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            _clock?.Dispose();
            try
            {
                _recording.Dispose();
            }
            catch (IOException e)
            {
                throw Unwritable(e);
            }
        }
    }

    private void Queue(ReadOnlySpan<float> samples)
    {
        if (_unheardSamples + samples.Length > _unheard.Length)
            Array.Resize(ref _unheard, (_unheardSamples + samples.Length) * 2);
        samples.CopyTo(_unheard.AsSpan(_unheardSamples));
        _unheardSamples += samples.Length;
    }

    private void KeepHeard(int waitingFrames)
    {
        int heard = _unheardSamples - Math.Min(_unheardSamples, waitingFrames * Format.Channels);
        _recording.Append(_unheard.AsSpan(0, heard));
        _unheard.AsSpan(heard, _unheardSamples - heard).CopyTo(_unheard);
        _unheardSamples -= heard;
    }

    private void Record(bool stays)
    {
        try
        {
            lock (_lock)
            {
                KeepHeard(_clock?.Waiting ?? 0);
                if (stays)
                    _recording.Save();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
    }

    private DeviceException Unwritable(Exception e) =>
        new($"The file {_path} cannot be written: {e.Message} Choose a path in a folder that exists and that you may "
            + $"write to.", e);
}
