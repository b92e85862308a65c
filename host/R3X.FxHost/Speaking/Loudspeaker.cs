using System;
using System.Collections.Concurrent;
using System.Threading;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Speaking;

/// <summary>
/// A device, opened with the first line and kept, and the thread that feeds it. Lines are heard one after the other, in
/// the order they were queued. Any thread.
/// </summary>
internal sealed class Loudspeaker : IDisposable
{
    /// <summary>A line starts to sound when this much of it is ready, or all of it ...</summary>
    public const double StartBufferMilliseconds = 20;

    /// <summary>... and it has had this long to get further ahead, which a file or a fast network does in much less.</summary>
    public const double HeadStartMilliseconds = 15;

    private readonly Func<IOutputDevice> _open;
    private readonly VolumeControl _volume;
    private readonly BlockingCollection<PlayoutLine> _lines = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private IOutputDevice? _device;
    private Thread? _thread;
    private AudioBuffer _block = new(1, 1);

    public Loudspeaker(Func<IOutputDevice> open, VolumeControl volume)
    {
        _open = open;
        _volume = volume;
    }

    /// <summary>Opens the device if it is not open, and says what format it takes.</summary>
    /// <exception cref="DeviceException">There is no device.</exception>
    public IOutputDevice Device()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            _device ??= _open();
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "R3X loudspeaker", Priority = ThreadPriority.AboveNormal };
                _thread.Start();
            }

            return _device;
        }
    }

    /// <summary>Queues a line.</summary>
    public void Queue(PlayoutLine line) => _lines.Add(line);

    /// <summary>Falls silent at once and lets the device go. Lines not yet heard are cancelled.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested)
                return;
            _stop.Cancel();
        }

        _device?.Flush();
        _lines.CompleteAdding();
        _thread?.Join();
        _device?.Dispose();
        _lines.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        foreach (PlayoutLine line in _lines.GetConsumingEnumerable())
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(line.Cancellation, _stop.Token);
            try
            {
                ended.Token.ThrowIfCancellationRequested();
                Play(line, ended.Token);
                line.EndHeard();
            }
            catch (OperationCanceledException)
            {
                line.EndCancelled();
            }
            catch (Exception e)
            {
                line.EndFailed(e);
            }
        }
    }

    private void Play(PlayoutLine line, CancellationToken ended)
    {
        IOutputDevice device = Device();
        if (_block.Channels != device.Format.Channels || _block.Frames == 1)
            _block = new AudioBuffer(device.Format.Channels, 1024);
        // Flush ends a write that waits for room, so a cancelled line is silent at once.
        using CancellationTokenRegistration silence = ended.UnsafeRegister(static d => ((IOutputDevice)d!).Flush(), device);
        line.Ring.WaitFor(device.Format.Frames(StartBufferMilliseconds), ended);
        line.Ring.WaitFor(device.Format.Frames(4 * StartBufferMilliseconds), TimeSpan.FromMilliseconds(HeadStartMilliseconds), ended);
        while (true)
        {
            int frames = line.Ring.Read(_block.Block(BlockFrames(device)));
            if (frames > 0)
                device = Write(device, _block.Block(frames), line);
            else if (line.Ring.IsCompleted && line.Ring.Held == 0)
                break;
            else
                line.Ring.WaitFor(1, ended);
            ended.ThrowIfCancellationRequested();
        }

        device.Drain();
        ended.ThrowIfCancellationRequested();
    }

    // 10 ms at a time, so that volume and cancellation take hold soon.
    private static int BlockFrames(IOutputDevice device) => Math.Clamp(device.Format.Frames(10), 1, 1024);

    private IOutputDevice Write(IOutputDevice device, AudioBlock block, PlayoutLine line)
    {
        _volume.Apply(block, device.Format.SampleRate);
        try
        {
            device.Write(block);
            return device;
        }
        catch (DeviceException)
        {
            // The device is gone. Another one of the same format takes the line over where it was.
            Release(device);
            IOutputDevice next = Device();
            if (next.Format != line.Ring.Format)
                throw new DeviceException($"{device.Name} went away in the middle of a line, and {next.Name} runs at {next.Format} instead of {line.Ring.Format}. The next line will use it.");
            next.Write(block);
            return next;
        }
    }

    private void Release(IOutputDevice device)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_device, device))
                _device = null;
        }

        device.Dispose();
    }
}
