using System;

namespace R3X.FxHost.Watching;

/// <summary>Calls plugins that might never return. Any thread; a hand-over to another thread for each call.</summary>
internal static class Watchdog
{
    /// <summary>
    /// How long one call of Process may compute or wait: hundreds of times what a block takes, and several times
    /// what the runtime takes to compile a long method that a block is the first to call. It is seen within 5 ms of its
    /// beginning, and then every 5 ms: with what it takes to go on without it, the line does so within 50 ms.
    /// </summary>
    public static readonly TimeSpan Processing = TimeSpan.FromMilliseconds(30);

    /// <summary>
    /// The same of everything that is done once: constructors, Prepare, a first block, in which code is still being
    /// compiled. Ten times what the slowest of the effects that come with the host takes where nothing of it is
    /// compiled yet, so that a machine of a tenth of the speed still makes it.
    /// </summary>
    public static readonly TimeSpan Preparing = TimeSpan.FromMilliseconds(500);

    /// <summary>Calls a plugin.</summary>
    /// <param name="call">The call. It must change nothing that others see before it returns.</param>
    /// <param name="cameBack">Called when a call that was given up came back after all, on its thread.</param>
    /// <param name="result">What it returned.</param>
    /// <param name="clock">The clock; null takes the system's.</param>
    /// <param name="limit">How long it may compute or wait; null takes <see cref="Preparing"/>.</param>
    /// <returns>Whether it returned; if not, its thread is left behind.</returns>
    /// <exception cref="Exception">What it threw.</exception>
    public static bool TryCall<T>(
        Func<T> call, Action? cameBack, out T? result, TimeProvider? clock = null, TimeSpan? limit = null)
    {
        var watched = new Call<T>(call);
        watched.Work.CameBack = cameBack;
        watched.Work.Start();
        bool returned = watched.Work.Wait(limit ?? Preparing, clock ?? TimeProvider.System);
        result = returned ? watched.Result : default;
        return returned;
    }

    private sealed class Call<T>
    {
        private readonly Func<T> _call;

        public Call(Func<T> call)
        {
            _call = call;
            Work = new WatchedWork(Do);
        }

        public WatchedWork Work { get; }

        public T? Result { get; private set; }

        private void Do()
        {
            long call = Work.Enter();
            T result;
            try
            {
                result = _call();
            }
            finally
            {
                Work.Leave(call);
            }

            Result = result;
        }
    }
}
