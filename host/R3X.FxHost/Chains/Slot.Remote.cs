using R3X.FxHost.Sdk;

namespace R3X.FxHost.Chains;

// A slot whose effect works in another process: it may be away for some blocks, and comes back.
internal sealed partial class Slot
{
    private bool _isBroken;
    private int _told;
    private long _brokeAtBlock;
    private long _brokeAtFrame;
    private float[][]? _brokeAt;

    // What is heard of a block that did not come back: its peak; null where it did.
    private float? Settle(IRemoteEffect remote, in AudioBlock block, in AudioBlock input, in AudioBlock output)
    {
        RemoteAnswer answer = remote.TakeAnswer();
        if (answer.HasFlag(RemoteAnswer.Failed) && remote.TakeFault(atEnd: false) is { } fault)
            return Repair(block, input, output, fault.Cause, fault.What, fault.Trace);
        if (answer != RemoteAnswer.Whole && !_isBroken)
        {
            _dry.TakeOver();
            (_isBroken, _brokeAtBlock, _brokeAtFrame, _brokeAt) = (true, _block, _frame, Copy(input));
        }

        Tell(remote, atEnd: false);
        if (answer.HasFlag(RemoteAnswer.Missed))
            return Dry(block, input, output);
        if (_isBroken)
        {
            _isBroken = false;
            _dry.GiveBack();
        }

        if (_dry.Returns)
            _dry.FadeBack(block, input);
        return null;
    }

    // In a block that nobody hears.
    private bool HasFailed(IRemoteEffect remote)
    {
        if (!remote.TakeAnswer().HasFlag(RemoteAnswer.Failed) || remote.TakeFault(atEnd: false) is not { } fault)
            return false;
        Leave(fault.Cause, fault.What, -1, fault.Trace);
        Report(Fault!);
        return true;
    }

    private void CloseRemote(IRemoteEffect remote)
    {
        if (IsActive)
            Tell(remote, atEnd: true);
        remote.Close();
    }

    // Once a line of each kind. The words may come later than the fault: a process that died is asked why.
    private void Tell(IRemoteEffect remote, bool atEnd)
    {
        while (remote.TakeFault(atEnd) is { } fault)
        {
            int kind = 1 << (int)fault.Cause;
            if ((_told & kind) != 0)
                continue;
            _told |= kind;
            Fault = FaultOf(fault.Cause, fault.What, _brokeAtBlock, _brokeAtFrame, fault.Trace, _brokeAt) with
            {
                IsFinal = false,
            };
            Report(Fault);
        }
    }
}
