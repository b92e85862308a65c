using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using R3X.FxHost.Watching;
using Xunit;

namespace R3X.FxHost.Tests.Watching;

public sealed partial class ThreadActivityTests
{
    private const uint Microseconds = 60_000_000;

    [Fact]
    public void A_thread_that_waits_in_dotNET_waits()
    {
        using var release = new ManualResetEventSlim();
        using var waiting = new Looked(release.Wait);
        SpinWait.SpinUntil(() => waiting.Activity.IsWaiting);
        release.Set();
    }

    [Fact]
    public void So_does_one_that_waits_in_a_call_of_the_system()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells of waits outside of .NET.");
        // Of a process that ends, nothing is waited for.
        using var waiting = new Looked(static () => _ = Usleep(Microseconds), isLeftBehind: true);
        SpinWait.SpinUntil(() => waiting.Activity.IsWaiting);
    }

    [Fact]
    public unsafe void One_at_a_lock_outside_of_dotNET_may_be_held_up_by_the_runtime()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells in which call of the system a thread is.");
        // As large as a semaphore of any C library.
        nint semaphore = (nint)NativeMemory.AllocZeroed(64);
        using (var waiting = new Looked(() => _ = SemWait(semaphore)))
        {
            string futex =
                RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64
                    ? "202 " : "98 ";
            SpinWait.SpinUntil(() => waiting.SystemCall.StartsWith(futex, StringComparison.Ordinal));
            Assert.False(waiting.Activity.IsWaiting);
            Assert.Equal(0, SemPost(semaphore));
        }

        NativeMemory.Free((void*)semaphore);
    }

    [Fact]
    public void One_that_computes_does_not_wait_and_its_time_grows()
    {
        bool isOver = false;
        using var computing = new Looked(() => SpinWait.SpinUntil(() => Volatile.Read(ref isOver)));
        TimeSpan? before = computing.Activity.Worked;
        SpinWait.SpinUntil(() => computing.Activity.Worked > before);
        Volatile.Write(ref isOver, true);
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Usleep(uint microseconds);

    [LibraryImport("libc", EntryPoint = "sem_wait")]
    private static partial int SemWait(nint semaphore);

    [LibraryImport("libc", EntryPoint = "sem_post")]
    private static partial int SemPost(nint semaphore);

    // A thread that does something, and what is known of it.
    private sealed class Looked : IDisposable
    {
        private readonly Thread _thread;
        private readonly bool _isLeftBehind;
        private int _id;

        public Looked(Action work, bool isLeftBehind = false)
        {
            _isLeftBehind = isLeftBehind;
            using var begun = new ManualResetEventSlim();
            _thread = new Thread(() =>
            {
                Activity = new ThreadActivity();
                _id = ThreadActivity.OwnId;
                begun.Set();
                work();
            })
            {
                IsBackground = true,
            };
            _thread.Start();
            begun.Wait(TestContext.Current.CancellationToken);
        }

        public ThreadActivity Activity { get; private set; } = null!;

        public string SystemCall => File.ReadAllText($"/proc/self/task/{_id}/syscall");

        public void Dispose()
        {
            if (!_isLeftBehind)
                _thread.Join();
        }
    }
}
