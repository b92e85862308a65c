using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// A loudspeaker through PortAudio, whose thread calls back for frames. Takes over the library's use it is given.
/// </summary>
internal sealed unsafe class PortAudioDevice : RingDevice
{
    // What the device itself holds cannot be taken back: it bounds how soon an interruption is silent.
    private static readonly TimeSpan MostInDevice = TimeSpan.FromMilliseconds(20);

    private readonly PortAudio _audio;
    private readonly GCHandle _self;
    private readonly IntPtr _stream;
    private bool _stopping;

    // The callback's own, and what it tells: the stream's time at which what it last handed over has been heard.
    private bool _isSilenced;
    private double _heardUntil;

    /// <summary>Opens and starts a device.</summary>
    /// <param name="audio">The library in use; disposed with this device, and when it cannot be opened.</param>
    /// <param name="output">Which.</param>
    /// <param name="options">
    /// Buffer: half of it in the device, 20 ms at most unless the device insists, the rest in the ring.
    /// </param>
    /// <param name="format">
    /// The format to open it in; null takes the device's own. Where the system does not resample, only that works.
    /// </param>
    /// <exception cref="DeviceException">PortAudio refuses.</exception>
    public PortAudioDevice(
        PortAudio audio, PortAudioOutput output, OutputDeviceOptions options, AudioFormat? format = null)
        : base(options, InDevice(options))
    {
        _audio = audio;
        Name = output.Name;
        _self = GCHandle.Alloc(this);
        using var quiet = new QuietAlsa();
        AudioFormat wanted = format ?? output.Format;
        double seconds = InDevice(options).TotalSeconds;
        int error = Open(output.Index, wanted, seconds, out _stream);
        if (format is null && error == PortAudio.InvalidChannelCount && output.MaximumChannels > wanted.Channels)
        {
            wanted = wanted with { Channels = output.MaximumChannels };
            error = Open(output.Index, wanted, seconds, out _stream);
        }

        if (error == 0)
            seconds = _audio.StreamInfo(_stream)->OutputLatency;
        int frames = wanted.Frames(seconds * 1000);
        Prepare(wanted, frames);
        // ALSA devices are said to hold one period less than they do, a third of the whole at worst.
        Padding = frames + (frames / 2);
        if (error == 0)
            error = _audio.OnFinished(_stream, &OnFinished);
        if (error == 0)
            error = _audio.StartStream(_stream);
        if (error != 0)
        {
            string reason = _audio.Reason(error);
            Dispose();
            string inFormat = format is null ? string.Empty : $" to {wanted}, in which the sound began";
            throw new DeviceException(
                $"The loudspeaker {Name} could not be opened: PortAudio says {reason}{inFormat}.");
        }
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    protected override double FramesInDevice() =>
        Math.Max(0, Volatile.Read(ref _heardUntil) - _audio.StreamTime(_stream)) * Format.SampleRate;

    /// <inheritdoc/>
    protected override void Stop()
    {
        Volatile.Write(ref _stopping, true);
        _ = _audio.AbortStream(_stream);
        // The stream has no thread now: what is the callback's may be set.
        _isSilenced = false;
        Volatile.Write(ref _heardUntil, 0);
        Volatile.Write(ref _stopping, false);
    }

    /// <inheritdoc/>
    protected override bool Start() => _audio.StartStream(_stream) == 0;

    /// <inheritdoc/>
    protected override void Close()
    {
        if (_stream != IntPtr.Zero)
        {
            _ = _audio.AbortStream(_stream);
            _ = _audio.CloseStream(_stream);
        }

        _audio.Dispose();
        _self.Free();
    }

    private static TimeSpan InDevice(OutputDeviceOptions options) =>
        options.Buffer / 2 < MostInDevice ? options.Buffer / 2 : MostInDevice;

    private int Open(int device, AudioFormat format, double latency, out IntPtr stream)
    {
        var output = new PortAudioParameters
        {
            Device = device,
            Channels = format.Channels,
            SampleFormat = new CULong(PortAudio.Float32),
            Latency = latency,
        };
        IntPtr opened = IntPtr.Zero;
        int error = _audio.OpenStream(
            &opened,
            null,
            &output,
            format.SampleRate,
            new CULong(0),
            new CULong(0),
            &OnWanted,
            GCHandle.ToIntPtr(_self));
        stream = error == 0 ? opened : IntPtr.Zero;
        return error;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnWanted(
        float* input, float* output, CULong frames, PortAudioTimes* times, CULong flags, IntPtr self)
    {
        // An exception that left this method would end the process.
        try
        {
            var device = Unsafe.As<PortAudioDevice>(GCHandle.FromIntPtr(self).Target)!;
            if (!device._isSilenced)
                QuietAlsa.SilenceThisThread();
            device._isSilenced = true;
            int count = (int)frames.Value;
            // Before the frames leave the ring: what is taken meanwhile is counted twice, and never not at all.
            Volatile.Write(ref device._heardUntil, times->OutputHeard + ((double)count / device.Format.SampleRate));
            device.Fill(new Span<float>(output, count * device.Format.Channels));
            return 0;
        }
        catch (Exception)
        {
            // paAbort: the finished callback follows and the writer learns of it.
            return 2;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnFinished(IntPtr self)
    {
        try
        {
            if (GCHandle.FromIntPtr(self).Target is PortAudioDevice device && !Volatile.Read(ref device._stopping))
                device.End();
        }
        catch (Exception)
        {
            // Closing already.
        }
    }
}
