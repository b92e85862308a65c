using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>One loudspeaker of a PulseAudio (or PipeWire) server.</summary>
/// <param name="Name">Its name to the server.</param>
/// <param name="Description">Its name to people.</param>
/// <param name="Format">Its own format, its rate halved until it is within what the host resamples to.</param>
/// <param name="Map">Its loudspeakers, front left and right first.</param>
/// <param name="Latency">How much it holds while it plays; zero while it does not.</param>
/// <param name="IsHardware">Whether it is one that can be touched.</param>
internal sealed record PulseSink(
    string Name, string Description, AudioFormat Format, PulseChannelMap Map, TimeSpan Latency, bool IsHardware)
{
    /// <summary>Whether it is no loudspeaker: the server plays into it while there is none.</summary>
    public bool IsDummy => Name == DummyName;

    /// <summary>The dummy's name, on PulseAudio (module-always-sink) and PipeWire alike.</summary>
    public const string DummyName = "auto_null";
}

/// <summary>What a sound server has, asked once over a connection of its own that ends with the question.</summary>
internal sealed unsafe class PulseSinks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private const int Hardware = 0x4;

    private readonly List<PulseSink> _sinks = [];
    private readonly string? _except;
    private string _defaultName = string.Empty;
    private string _software = "PulseAudio";

    private PulseSinks(string? except) => _except = except;

    /// <summary>The sinks, as the server orders them.</summary>
    public IReadOnlyList<PulseSink> Sinks => _sinks;

    /// <summary>The server's address, good for a second connection that must not start a daemon.</summary>
    public string Server { get; private set; } = string.Empty;

    /// <summary>What runs there: "pulseaudio 16.1".</summary>
    public string Software => _software;

    /// <summary>The sink that streams without a wish go to, if there is one.</summary>
    public PulseSink? Default =>
        _sinks.Find(sink => sink.Name == _defaultName) ?? _sinks.Find(static sink => sink.IsHardware)
            ?? (_sinks.Count > 0 ? _sinks[0] : null);

    /// <summary>Asks a server for its sinks. Takes a few milliseconds, at most about two seconds.</summary>
    /// <param name="server">Its address, or null for the one libpulse finds.</param>
    /// <param name="application">The name the server sees.</param>
    /// <param name="except">The name of one that is left out; null for none.</param>
    /// <exception cref="DeviceException">libpulse is missing, or nobody answers; the message is the reason
    /// alone.</exception>
    public static PulseSinks Ask(string? server, string application, string? except = null)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsFreeBSD())
            throw new DeviceException("it is used on Linux only");
        if (!NativeLibrary.TryLoad(PulseNative.Library, out _))
            throw new DeviceException($"{PulseNative.Library} is not installed");

        var answer = new PulseSinks(except);
        IntPtr loop = PulseContext.NewLoop();
        if (loop == IntPtr.Zero)
            throw new DeviceException("libpulse could not start its event loop");
        IntPtr context = IntPtr.Zero;
        var self = GCHandle.Alloc(answer);
        try
        {
            context = PulseContext.New(PulseContext.LoopInterface(loop), application);
            if (context == IntPtr.Zero)
                throw new DeviceException("libpulse could not make a connection");
            answer.Talk(loop, context, server, GCHandle.ToIntPtr(self));
            return answer;
        }
        finally
        {
            if (context != IntPtr.Zero)
            {
                PulseContext.Disconnect(context);
                PulseContext.Free(context);
            }

            PulseContext.FreeLoop(loop);
            self.Free();
        }
    }

    private void Talk(IntPtr loop, IntPtr context, string? server, IntPtr self)
    {
        long start = Stopwatch.GetTimestamp();
        if (PulseContext.Connect(
            context, string.IsNullOrEmpty(server) ? null : server, PulseContext.NoAutospawn, IntPtr.Zero) < 0)
            throw Failure(context, server);
        while (PulseContext.State(context) != PulseContext.Ready)
            Turn(loop, context, server, start);

        Server = Marshal.PtrToStringUTF8(PulseContext.Server(context)) ?? server ?? string.Empty;
        Finish(PulseContext.AskServer(context, &OnServer, self), loop, context, server, start);
        Finish(PulseContext.AskSinks(context, &OnSink, self), loop, context, server, start);
    }

    private static void Finish(IntPtr operation, IntPtr loop, IntPtr context, string? server, long start)
    {
        if (operation == IntPtr.Zero)
            throw Failure(context, server);
        try
        {
            while (PulseContext.OperationState(operation) == PulseContext.OperationRunning)
                Turn(loop, context, server, start);
        }
        finally
        {
            PulseContext.CancelOperation(operation);
            PulseContext.FreeOperation(operation);
        }
    }

    private static void Turn(IntPtr loop, IntPtr context, string? server, long start)
    {
        if (PulseContext.State(context) is PulseContext.Failed or PulseContext.Terminated)
            throw Failure(context, server);
        TimeSpan left = Patience - Stopwatch.GetElapsedTime(start);
        if (left <= TimeSpan.Zero)
            throw new DeviceException(
                $"the server{At(server)} did not answer within {Patience.TotalSeconds:0} seconds");
        if (PulseContext.Prepare(loop, (int)left.TotalMicroseconds) < 0 || PulseContext.Poll(loop) < 0
            || PulseContext.Dispatch(loop) < 0)
            throw new DeviceException("libpulse's event loop stopped");
    }

    private static DeviceException Failure(IntPtr context, string? server) =>
        new($"no server answers{At(server)} ({PulseNative.Reason(PulseContext.Error(context))})");

    private static string At(string? server) => string.IsNullOrEmpty(server) ? string.Empty : $" at {server}";

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnServer(IntPtr context, PulseServerInfo* info, IntPtr self)
    {
        // An exception that left this method would end the process.
        try
        {
            if (info == null || GCHandle.FromIntPtr(self).Target is not PulseSinks answer)
                return;
            answer._defaultName = Marshal.PtrToStringUTF8(info->DefaultSinkName) ?? string.Empty;
            answer._software =
                $"{Marshal.PtrToStringUTF8(info->ServerName)} {Marshal.PtrToStringUTF8(info->ServerVersion)}".Trim();
        }
        catch (Exception)
        {
            // The answer lacks the default's name: the first sink takes its place.
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSink(IntPtr context, PulseSinkInfo* info, int last, IntPtr self)
    {
        try
        {
            if (last != 0 || info == null || GCHandle.FromIntPtr(self).Target is not PulseSinks answer)
                return;
            string name = Marshal.PtrToStringUTF8(info->Name) ?? string.Empty;
            if (name == answer._except)
                return;
            string description = Marshal.PtrToStringUTF8(info->Description) ?? name;
            answer._sinks.Add(new PulseSink(name, description, Bounded(info->Format), info->Map.FrontFirst(),
                TimeSpan.FromMicroseconds(info->ConfiguredLatency), (info->Flags & Hardware) != 0));
        }
        catch (Exception)
        {
            // This sink is left out.
        }
    }

    private static AudioFormat Bounded(PulseSampleSpec format)
    {
        uint rate = format.Rate;
        while (rate > AudioFormat.MaximumSampleRate)
            rate /= 2;
        return new AudioFormat(Math.Max((int)rate, AudioFormat.MinimumSampleRate), format.Channels);
    }
}
