using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Threading;
using NAudio.CoreAudioApi;
using NAudio.Wave;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// A loudspeaker of Windows in shared mode: 32-bit float, fed by a thread that Windows wakes once a period. How far it
/// is says the loudspeaker's own clock.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe partial class WasapiDevice : RingDevice
{
    // What Windows holds cannot be taken back: it bounds how soon an interruption is silent. Two periods.
    private static readonly TimeSpan MostInDevice = TimeSpan.FromMilliseconds(20);

    // A machine that is too busy for that gets more, as the buffer grows.
    private static readonly TimeSpan MostGrownInDevice = TimeSpan.FromMilliseconds(40);

    // Windows asks once a period. A loudspeaker that is gone does not, and what it would have played until that is
    // found out counts as heard.
    private static readonly TimeSpan TwoPeriods = TimeSpan.FromMilliseconds(20);

    private readonly MMDeviceEnumerator _enumerator;
    private readonly MMDeviceNotificationClient _notifications;
    private readonly AutoResetEvent _wanted = new(false);
    private readonly AudioClient _client;
    private readonly Thread _feeder;
    private readonly int _most;
    private readonly int _latency;
    private readonly double _ticksPerFrame;
    private int _held;
    private long _handedOver;

    /// <summary>Opens and starts a loudspeaker.</summary>
    /// <param name="output">Which.</param>
    /// <param name="home">
    /// The id of the loudspeaker the sound belongs to: when it is back, this one counts as removed. Null for the
    /// default one, whichever that is: when another becomes it, this one counts as removed.
    /// </param>
    /// <param name="options">
    /// Buffer: half of it in the device, at least two of Windows' periods (20 ms) and usually no more, the rest in the
    /// ring. Below the usual one, Windows is asked for its shortest period.
    /// </param>
    /// <param name="format">The format to open it in, which Windows converts; null takes the loudspeaker's own.</param>
    /// <exception cref="DeviceException">Windows refuses.</exception>
    public WasapiDevice(WasapiOutput output, string? home, OutputDeviceOptions options, AudioFormat? format)
        : base(options, InDevice(options))
    {
        Name = output.Name;
        try
        {
            _enumerator = new MMDeviceEnumerator();
            using MMDevice device = _enumerator.GetDevice(output.Id);
            AudioFormat own = format ?? output.Format;
            bool isSmall = options.Buffer < OutputDeviceOptions.Default.Buffer && format is null;
            _client = (isSmall ? OpenWithShortestPeriod(device, ref own) : null) ?? Open(device, own);
            _client.SetEventHandle(_wanted.SafeWaitHandle.DangerousGetHandle());
            _ticksPerFrame = (double)_client.AudioClockClient.Frequency / own.SampleRate;
            _latency = own.Frames(TimeSpan.FromTicks(_client.StreamLatency).TotalMilliseconds);
            _most = _client.BufferSize;
            Hold(own.Frames(Math.Max(InDevice(options).Ticks, _client.DefaultDevicePeriod * 2) / 1e4));
            Prepare(own, _held);
            _notifications = Follow(_enumerator, output.Id, home);
            Feed();
            _client.Start();
        }
        catch (COMException e)
        {
            _notifications?.Dispose();
            _client?.Dispose();
            _enumerator?.Dispose();
            _wanted.Dispose();
            throw new DeviceException($"The loudspeaker {Name} could not be opened: {WasapiOutput.Reason(e)}.", e);
        }

        _feeder = new Thread(FeedWhileOpen) { IsBackground = true, Name = "R3X loudspeaker" };
        _feeder.Start();
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override double Grow()
    {
        double grown = base.Grow();
        if (grown > 0)
            Hold(_held * 2);
        return grown;
    }

    /// <inheritdoc/>
    protected override double FramesInDevice()
    {
        try
        {
            _client.AudioClockClient.GetPosition(out ulong position, out ulong at);
            double now = Stopwatch.GetTimestamp() * (1e7 / Stopwatch.Frequency);
            // The clock is read once a period, and goes on in between.
            double since = Math.Clamp((now - at) / 1e7, 0, MostInDevice.TotalSeconds);
            double heard = (position / _ticksPerFrame) + (since * Format.SampleRate);
            return Math.Max(0, Volatile.Read(ref _handedOver) - heard);
        }
        catch (COMException)
        {
            // Gone, as its thread finds out.
            return Volatile.Read(ref _handedOver);
        }
    }

    /// <inheritdoc/>
    protected override void Stop()
    {
        try
        {
            _client.Stop();
            _client.Reset();
            Volatile.Write(ref _handedOver, 0);
        }
        catch (COMException)
        {
            // Gone: it cannot be started either.
        }
    }

    /// <inheritdoc/>
    protected override bool Start()
    {
        try
        {
            Feed();
            _client.Start();
            return true;
        }
        catch (COMException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    protected override void Close()
    {
        _notifications.Dispose();
        _wanted.Set();
        _feeder.Join();
        _client.Dispose();
        _enumerator.Dispose();
        _wanted.Dispose();
    }

    private static TimeSpan InDevice(OutputDeviceOptions options) =>
        options.Buffer / 2 < MostInDevice ? options.Buffer / 2 : MostInDevice;

    private static AudioClient Open(MMDevice device, AudioFormat format)
    {
        AudioClient client = device.CreateAudioClient();
        try
        {
            client.Initialize(
                AudioClientShareMode.Shared,
                AudioClientStreamFlags.EventCallback
                | AudioClientStreamFlags.AutoConvertPcm
                | AudioClientStreamFlags.SrcDefaultQuality,
                MostGrownInDevice.Ticks,
                0,
                WaveFormat.CreateIeeeFloatWaveFormat(format.SampleRate, format.Channels),
                Guid.Empty);
            return client;
        }
        catch (COMException)
        {
            client.Dispose();
            throw;
        }
    }

    // Windows grants it only in its own format; a driver or Windows itself may have no shorter period than the usual.
    private static AudioClient? OpenWithShortestPeriod(MMDevice device, ref AudioFormat format)
    {
        AudioClient client = device.CreateAudioClient();
        try
        {
            WaveFormat mix = client.MixFormat;
            if (mix.BitsPerSample == 32 && mix.SampleRate == format.SampleRate && client.SupportsAudioClient3)
            {
                uint period = client.GetSharedModeEnginePeriod(mix).ChooseLowestLatencyPeriod();
                client.InitializeSharedAudioStream(AudioClientStreamFlags.EventCallback, period, mix, Guid.Empty);
                format = format with { Channels = mix.Channels };
                return client;
            }
        }
        catch (COMException)
        {
            // The usual way then.
        }

        client.Dispose();
        return null;
    }

    // Where Windows' default goes, or the loudspeaker comes back that this one stands in for, this one counts as
    // removed: what takes its place goes on with what was not heard.
    private MMDeviceNotificationClient Follow(MMDeviceEnumerator enumerator, string id, string? home)
    {
        MMDeviceNotificationClient notifications = enumerator.CreateNotificationClient(false);
        notifications.DefaultDeviceChanged += (_, change) =>
        {
            if (home is null && change.Flow == DataFlow.Render && change.Role == Role.Console && change.DeviceId != id)
                Removed?.Invoke($"Windows has another default loudspeaker than {Name} now.");
        };
        notifications.DeviceStateChanged += (_, change) =>
        {
            if (home is not null && home != id && change.DeviceId == home && change.NewState == DeviceState.Active)
                Removed?.Invoke($"The loudspeaker that {Name} stands in for is back.");
        };
        return notifications;
    }

    private void Hold(int frames)
    {
        Volatile.Write(ref _held, Math.Min(frames, _most));
        Padding = _held + _latency;
    }

    private void FeedWhileOpen()
    {
        uint index = 0;
        // Ahead of ordinary threads, as Windows does it for sound.
        _ = SetThreadCharacteristics("Pro Audio", ref index);
        try
        {
            while (!IsClosed)
            {
                // Feeding one that is gone says so.
                _ = _wanted.WaitOne(TwoPeriods);
                lock (Control)
                {
                    if (!IsClosed)
                        Feed();
                }
            }

            _client.Stop();
        }
        catch (COMException)
        {
            End();
        }
    }

    private void Feed()
    {
        int waiting = _client.CurrentPadding;
        if (waiting == 0)
            NoteRanDry();
        int room = Volatile.Read(ref _held) - waiting;
        if (room <= 0)
            return;
        AudioRenderClient render = _client.AudioRenderClient;
        var output = new Span<float>((float*)render.GetBuffer(room), room * Format.Channels);
        Volatile.Write(ref _handedOver, _handedOver + room);
        Fill(output);
        render.ReleaseBuffer(room, AudioClientBufferFlags.None);
    }

    [LibraryImport("avrt", EntryPoint = "AvSetMmThreadCharacteristicsW", StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial IntPtr SetThreadCharacteristics(string task, ref uint index);
}
