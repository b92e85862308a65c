using System;
using System.Collections.Generic;
using System.IO;
using R3X.FxHost.Chains;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;
using R3X.FxHost.Watching;

namespace R3X.FxHost.Isolation;

/// <summary>One effect in a worker, on a thread of its own: does what its host asks until that closes the
/// connection.</summary>
/// <param name="link">The connection.</param>
/// <param name="code">The plugin.</param>
/// <param name="parameters">Its settings.</param>
internal sealed class WorkerEffect(WorkerLink link, IEffectCode? code, Parameter[] parameters)
{
    private IEffect? _effect;
    private IGainReducer? _reducer;
    private SharedAudio? _shared;

    // The plugin's own: what it writes past a block hurts nobody else.
    private AudioBuffer? _block;

    /// <summary>Serves the host.</summary>
    public void Serve()
    {
        link.Send(WorkerMessage.Hello, writer => writer.Write(ThreadActivity.OwnId));
        while (link.Receive(0) == WorkerLink.Arrival.Message && Answer())
        {
        }

        link.Dispose();
        _shared?.Dispose();
    }

    private bool Answer()
    {
        try
        {
            switch (link.Kind)
            {
                case WorkerMessage.Process:
                    Process();
                    return link.Send(WorkerMessage.Done);
                case WorkerMessage.Reset:
                    _effect!.Reset();
                    return link.Send(WorkerMessage.Done);
                case WorkerMessage.Prepare:
                    return Prepare(link.Load);
                case WorkerMessage.Create:
                    _effect = code!.Create();
                    _reducer = _effect as IGainReducer;
                    return link.Send(WorkerMessage.Done);
                default:
                    return false;
            }
        }
        catch (Exception e)
        {
            Thrown thrown = Thrown.Of(e);
            return link.Send(WorkerMessage.Threw, writer =>
            {
                writer.Write(thrown.What);
                writer.Write(thrown.Trace);
            });
        }
    }

    private bool Prepare(BinaryReader load)
    {
        EffectSetup setup = WorkerWords.ReadSetup(load, parameters, out string path);
        _shared?.Dispose();
        _shared = SharedAudio.Open(path, setup.Format.Channels, setup.MaxFrames);
        _block = new AudioBuffer(setup.Format.Channels, setup.MaxFrames);
        EffectTiming timing = _effect!.Prepare(setup);
        IReadOnlyList<string> notes = setup.Notes;
        return link.Send(WorkerMessage.Done, writer => WorkerWords.Write(writer, timing, notes));
    }

    private void Process()
    {
        SharedAudio shared = _shared!;
        for (int i = 0; i < shared.Changes; i++)
            _effect!.SetParameter(parameters[shared.ChangeIndex(i)], shared.ChangeValue(i));
        AudioBlock block = _block!.Block(shared.Frames);
        shared.Block(block.Frames).CopyTo(block);
        _effect!.Process(block);
        block.CopyTo(shared.Block(block.Frames));
        if (_reducer is null)
            return;
        GainReduction reduction = _reducer.LastReduction;
        (shared.MostReduction, shared.MeanReduction) = (reduction.Most, reduction.Mean);
    }
}
