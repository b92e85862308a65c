using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>A sink of our own on a PulseAudio server (module-null-sink), which nobody hears but who records its
/// monitor. It goes when it is disposed.</summary>
internal sealed unsafe class PulseNullSink : IDisposable
{
    /// <summary>Its name to people. A sink of the same name and description is a leftover of ours.</summary>
    public const string Description = "R3X voice effects";

    /// <summary>The name of the stream that records it, by which one that is in use is known.</summary>
    public const string RecorderName = "R3X sink";

    private const uint None = uint.MaxValue;

    private readonly PulseConnection _connection;
    private readonly string _name;
    private readonly IntPtr _self;
    private uint _module = None;

    // Of the sink that had the name before.
    private uint _oldModule = None;
    private uint _oldMonitor;
    private bool _isForeign;
    private bool _isInUse;

    /// <summary>Makes the sink. What a run that was killed has left of it is removed first.</summary>
    /// <param name="connection">The connection, not entered; the caller's to dispose behind this.</param>
    /// <param name="name">Its name.</param>
    /// <param name="format">Its format.</param>
    /// <exception cref="DeviceException">The name is taken, or the server refuses; the message says what to
    /// do.</exception>
    public PulseNullSink(PulseConnection connection, string name, AudioFormat format)
    {
        (_connection, _name) = (connection, name);
        _self = connection.Handle(this);
        RemoveLeftover();
        string arguments = string.Create(
            CultureInfo.InvariantCulture,
            $"sink_name={name} format=float32le rate={format.SampleRate} channels={format.Channels} ")
            + $"sink_properties=\"device.description='{Description}'\"";
        // Without it, what has been recorded would be recorded again when another program begins to play.
        Load(arguments + " norewinds=1");
        if (_module == None)
            // A server that does not know it.
            Load(arguments);
        if (_module == None)
        {
            throw new DeviceException($"The sound server could not make the virtual loudspeaker {name}: it says "
                + $"{Reason}. Its module-null-sink may be missing.");
        }
    }

    /// <summary>The source that gives what is played on it.</summary>
    public string Monitor => _name + ".monitor";

    private string Reason => PulseNative.Reason(PulseContext.Error(_connection.Context));

    /// <summary>
    /// Has its clock begin anew. While nobody recorded, it has let time pass seconds at once, and what a program plays
    /// would be heard only when that time has come.
    /// </summary>
    public void RestartClock()
    {
        Finish(() => PulseContext.SuspendSink(_connection.Context, _name, 1, &OnDone, _self));
        Finish(() => PulseContext.SuspendSink(_connection.Context, _name, 0, &OnDone, _self));
    }

    /// <summary>Removes it. Programs that play on it are moved to another one by the server.</summary>
    public void Dispose()
    {
        if (_module == None)
            return;
        Unload(_module);
        _module = None;
    }

    private void RemoveLeftover()
    {
        Finish(() => PulseContext.AskSinks(_connection.Context, &OnSink, _self));
        if (_isForeign)
        {
            throw new DeviceException($"The sound server has another loudspeaker {_name} already. Choose another "
                + $"name.");
        }

        if (_oldModule == None)
            return;
        Finish(() => PulseContext.AskRecorders(_connection.Context, &OnRecorder, _self));
        if (_isInUse)
        {
            throw new DeviceException($"The virtual loudspeaker {_name} is in use by another `r3x sink`. End that one, "
                + $"or choose another name.");
        }

        Unload(_oldModule);
    }

    private void Load(string arguments) => Finish(
        () => PulseContext.LoadModule(_connection.Context, "module-null-sink", arguments, &OnModule, _self));

    private void Unload(uint module) =>
        Finish(() => PulseContext.UnloadModule(_connection.Context, module, &OnDone, _self));

    // Asks, and waits for the answer; without one nothing happened.
    private void Finish(Func<IntPtr> ask)
    {
        IntPtr asked;
        using (_connection.Enter())
            asked = _connection.IsAlive ? ask() : IntPtr.Zero;
        if (asked == IntPtr.Zero)
            return;
        _connection.Wait(static asked => !PulseStream.IsRunning(asked), asked);
        using (_connection.Enter())
            PulseStream.Release(asked);
    }

    // An exception that left a callback would end the process.
    private static void Tell(IntPtr self, Action<PulseNullSink> what)
    {
        try
        {
            if (GCHandle.FromIntPtr(self).Target is PulseNullSink sink)
            {
                what(sink);
                sink._connection.Wake();
            }
        }
        catch (Exception)
        {
            // Whoever waits looks again when its patience ends.
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSink(IntPtr context, PulseSinkInfo* info, int last, IntPtr self) => Tell(self, sink =>
    {
        if (last != 0 || info == null || Marshal.PtrToStringUTF8(info->Name) != sink._name)
            return;
        if (Marshal.PtrToStringUTF8(info->Description) == Description && info->Module != None)
            (sink._oldModule, sink._oldMonitor) = (info->Module, info->Monitor);
        else
            sink._isForeign = true;
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnRecorder(IntPtr context, PulseRecorderInfo* info, int last, IntPtr self) => Tell(
        self, sink => sink._isInUse |= last == 0 && info != null && info->Source == sink._oldMonitor
            && Marshal.PtrToStringUTF8(info->Name) == RecorderName);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnModule(IntPtr context, uint index, IntPtr self) => Tell(self, sink => sink._module = index);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDone(IntPtr context, int success, IntPtr self) => Tell(self, static _ => { });
}
