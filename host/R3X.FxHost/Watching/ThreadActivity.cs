using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

namespace R3X.FxHost.Watching;

/// <summary>
/// What another thread does with its time: computes, waits for something, or is given no processor. Made on the thread
/// itself, or for one of another process; read on any other while it lives.
/// </summary>
internal sealed partial class ThreadActivity
{
    private const uint QueryLimitedInformation = 0x0800;
    private const int LowestNiceness = 19;

    private static readonly string Futex =
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "202 " : "98 ";

    private readonly Thread? _thread;
    private readonly int _process;
    private readonly int _clock = -1;
    private readonly int _id;
    private readonly nint _handle;

    /// <summary>Takes the calling thread.</summary>
    public ThreadActivity()
    {
        _thread = Thread.CurrentThread;
        if (OperatingSystem.IsWindows())
        {
            _handle = OpenThread(QueryLimitedInformation, false, GetCurrentThreadId());
        }
        else if (OperatingSystem.IsLinux())
        {
            try
            {
                _clock = PthreadGetCpuClockId(PthreadSelf(), out int clock) == 0 ? clock : -1;
                _id = GetThreadId();
            }
            catch (EntryPointNotFoundException)
            {
                // An old C library: what .NET knows has to do.
            }
        }
    }

    /// <summary>Takes a thread of another process.</summary>
    /// <param name="process">The process.</param>
    /// <param name="thread">What <see cref="OwnId"/> is there.</param>
    public ThreadActivity(int process, int thread)
    {
        (_process, _id) = (process, OperatingSystem.IsLinux() ? thread : 0);
        if (OperatingSystem.IsWindows())
            _handle = OpenThread(QueryLimitedInformation, false, (uint)thread);
    }

    /// <summary>The system's number of the calling thread; 0 where it has none that another process could
    /// use.</summary>
    public static int OwnId
    {
        get
        {
            try
            {
                return OperatingSystem.IsWindows() ? (int)GetCurrentThreadId()
                    : OperatingSystem.IsLinux() ? GetThreadId() : 0;
            }
            catch (EntryPointNotFoundException)
            {
                return 0;
            }
        }
    }

    /// <summary>The processor time it has used; null where the system does not tell (macOS).</summary>
    public TimeSpan? Worked
    {
        get
        {
            if (_handle != 0)
                return GetThreadTimes(_handle, out _, out _, out long kernel, out long user)
                    ? TimeSpan.FromTicks(kernel + user) : null;
            if (_process != 0)
                return WorkedElsewhere();
            return _clock != -1 && ClockGetTime(_clock, out Time time) == 0
                ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100))
                : null;
        }
    }

    /// <summary>
    /// Whether it waits for something other than a processor. Waits that go through .NET are known everywhere, Linux
    /// tells of others: all of them of a thread of another process, here those that are not for a lock. That may be one
    /// of the runtime's, which holds up threads for it while it exchanges compiled code, and for as long as a busy
    /// machine gives its owner no processor.
    /// </summary>
    public bool IsWaiting => _thread is null ? State() == 'S'
        : (_thread.ThreadState & ThreadState.WaitSleepJoin) != 0 || (State() == 'S' && !IsAtLock());

    /// <summary>Lets every other thread go first, where the system has that for a single thread.</summary>
    public void StandBack()
    {
        if (OperatingSystem.IsWindows() && _thread is not null)
            _thread.Priority = ThreadPriority.Lowest;
        else if (_id != 0)
            _ = SetPriority(0, _id, LowestNiceness);
    }

    /// <summary>Lets go of the thread; it is not to be asked any more.</summary>
    public void Close()
    {
        if (_handle != 0)
            CloseHandle(_handle);
    }

    // "1234 (a name) S 1 ...": the name may hold anything, brackets included.
    private char? State() => Told("stat") is { } text && text.LastIndexOf(')') is var name
        && name >= 0 && name + 2 < text.Length ? text[name + 2] : null;

    // "202 0x7f..." is the system call it is in, which has another number on each kind of machine.
    private bool IsAtLock() => Told("syscall")?.StartsWith(Futex, StringComparison.Ordinal) ?? true;

    // "nanoseconds on a processor, nanoseconds without one, turns".
    private TimeSpan? WorkedElsewhere() => Told("schedstat") is { } text
        && long.TryParse(text.AsSpan(0, Math.Max(0, text.IndexOf(' '))), CultureInfo.InvariantCulture, out long worked)
        ? TimeSpan.FromTicks(worked / 100) : null;

    private string? Told(string by)
    {
        if (_id == 0)
            return null;
        try
        {
            string process = _process == 0 ? "self" : _process.ToString(CultureInfo.InvariantCulture);
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task/{_id}/{by}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    private static partial nint PthreadSelf();

    [LibraryImport("libc", EntryPoint = "pthread_getcpuclockid")]
    private static partial int PthreadGetCpuClockId(nint thread, out int clock);

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int niceness);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out Time time);

    [LibraryImport("kernel32")]
    private static partial uint GetCurrentThreadId();

    [LibraryImport("kernel32")]
    private static partial nint OpenThread(uint access, [MarshalAs(UnmanagedType.Bool)] bool inherits, uint thread);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetThreadTimes(
        nint thread, out long created, out long exited, out long kernel, out long user);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CloseHandle(nint handle);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
