using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;
using R3X.FxHost.Watching;

namespace R3X.FxHost.Isolation;

/// <summary>
/// A process that runs one plugin for a host. Its first connection is the host's hold on it: when that breaks, the
/// host is gone, and it ends. Each further connection is an effect with a thread of its own, so that a stuck one holds
/// up no other.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its connections end with the process.")]
internal sealed class Worker
{
    private readonly WorkerLink _host;
    private readonly Socket _listener;
    private readonly WorkerAddress _address;
    private IEffectCode? _code;
    private Parameter[] _parameters = [];
    private int _effects;
    private volatile bool _retires;

    private Worker(Socket host)
    {
        _host = new WorkerLink(host);
        _address = WorkerAddress.Listen(out _listener);
    }

    /// <summary>Serves a host until it is gone, and ends the process.</summary>
    /// <param name="host">Where it listens.</param>
    public static void Run(WorkerAddress host)
    {
        try
        {
            new Worker(host.Connect()).Serve();
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // The host is gone.
        }

        End();
    }

    private void Serve()
    {
        new Thread(Accept) { IsBackground = true, Name = "R3X worker" }.Start();
        _host.Send(WorkerMessage.Hello, writer => writer.Write(_address.ToString()));
        while (_host.Receive(0) == WorkerLink.Arrival.Message)
        {
            if (_host.Kind == WorkerMessage.Retire)
                _retires = true;
            else if (_host.Kind == WorkerMessage.Load)
                Load(_host.Load);
        }

        while (_retires && Volatile.Read(ref _effects) > 0)
            WaitForEffects();
    }

    private void Load(BinaryReader load)
    {
        string id = load.ReadString();
        string file = load.ReadString();
        try
        {
            var code = new PluginContext(id, file, isUnloadable: false);
            Parameter[] parameters = code.Load();
            (_code, _parameters) = (code, parameters);
            bool reduces = Watchdog.TryCall(() => code.Create() is IGainReducer, null, out bool is1) && is1;
            _host.Send(WorkerMessage.Done, writer => WorkerWords.Write(writer, parameters, reduces));
        }
        catch (PluginRefusedException e)
        {
            _host.Send(WorkerMessage.Refused, writer => WorkerWords.Write(writer, e));
        }
        catch (InvalidOperationException e)
        {
            var refused = new PluginRefusedException(e.Message, "Correct the plugin, or remove it.") { IsFault = true };
            _host.Send(WorkerMessage.Refused, writer => WorkerWords.Write(writer, refused));
        }
    }

    private void Accept()
    {
        while (true)
        {
            if (_address.Accept(_listener) is not { } socket)
                continue;
            lock (_listener)
                _effects++;
            new Thread(() =>
            {
                new WorkerEffect(new WorkerLink(socket), _code, _parameters).Serve();
                lock (_listener)
                {
                    _effects--;
                    Monitor.Pulse(_listener);
                }
            }) { IsBackground = true, Name = "R3X effect" }.Start();
        }
    }

    private void WaitForEffects()
    {
        lock (_listener)
        {
            if (_effects > 0)
                Monitor.Wait(_listener);
        }
    }

    // At once: neither the plugin's threads nor what it registered for the end of the process have a say.
    [SuppressMessage("Design", "RS0030", Justification = "It ends itself.")]
    private static void End() => Process.GetCurrentProcess().Kill();
}
