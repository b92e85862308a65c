using System;

namespace R3X.FxHost.Threading;

/// <summary>
/// The clock of a simulation, whose threads take turns: one runs until it waits, and time passes only when all of them
/// do. Nothing depends on how busy the machine is, and what happens at one moment happens in a fixed order.
/// </summary>
internal abstract class CooperativeTime : TimeProvider
{
    /// <summary>Starts a thread that takes turns with the others.</summary>
    /// <param name="body">What it does.</param>
    public abstract void Start(Action body);

    /// <summary>Lets the others go on until somebody is woken, or time is over.</summary>
    /// <param name="wakeup">Who waits.</param>
    /// <param name="atMost">How long; infinite for as long as it takes.</param>
    /// <returns>Whether it was woken.</returns>
    public abstract bool Wait(Wakeup wakeup, TimeSpan atMost);
}
