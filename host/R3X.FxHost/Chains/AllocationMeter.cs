using System;
using System.Globalization;

namespace R3X.FxHost.Chains;

/// <summary>
/// Counts what an effect allocates while it processes. That is told and costs it nothing: nobody hears it in this line,
/// but the garbage collections that follow hold up every line of the process. Audio thread.
/// </summary>
internal sealed class AllocationMeter
{
    // Code that runs for the first times may allocate what it keeps.
    private const int GraceCalls = 16;

    // Every call would be a fiftieth of what a light effect costs.
    private const int CallsALook = 8;
    private const int LooksToTell = 4;

    private long _calls;
    private long _bytes;
    private int _allocating;
    private long _start;

    /// <summary>A call begins. On the thread that makes it, as <see cref="End"/>.</summary>
    public void Begin()
    {
        if (++_calls % CallsALook == 0)
            _start = GC.GetAllocatedBytesForCurrentThread();
    }

    /// <summary>It has ended.</summary>
    public void End()
    {
        if (_calls % CallsALook != 0 || _calls <= GraceCalls)
            return;
        long bytes = GC.GetAllocatedBytesForCurrentThread() - _start;
        if (bytes == 0)
            return;
        _allocating++;
        _bytes += bytes;
    }

    /// <summary>What is to be told of it; null where it allocated nothing, or only now and then.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="effectId">The effect.</param>
    public string? Note(string step, string effectId) => _allocating < LooksToTell ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"\"{step}\" ({effectId}) allocates {_bytes / _allocating:N0} bytes a block while it sounds; what collects "
            + $"them holds up every line. Its author should allocate in Prepare.");
}
