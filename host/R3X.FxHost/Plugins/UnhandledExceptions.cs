using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;
using System.Threading;

namespace R3X.FxHost.Plugins;

/// <summary>
/// What plugins throw where no call of the host can catch it: on threads of their own, on the pool, in finalizers.
/// </summary>
internal static class UnhandledExceptions
{
    private const int MostInner = 8;

    private static readonly ConditionalWeakTable<AssemblyLoadContext, string> Contexts = [];
    private static int s_survives;
    private static Action<string>? s_tell;

    /// <summary>Told of each, on the thread that threw.</summary>
    public static event Action<UnhandledException>? Thrown;

    /// <summary>Whose code a context holds.</summary>
    public static void Watch(AssemblyLoadContext context, string effectId) => Contexts.AddOrUpdate(context, effectId);

    /// <summary>Has the process survive them from now on.</summary>
    /// <param name="tell">Told of each, a whole sentence; null for nobody.</param>
    /// <exception cref="InvalidOperationException">There is a handler already.</exception>
    public static void Survive(Action<string>? tell)
    {
        if (Interlocked.Exchange(ref s_survives, 1) != 0)
            return;
        s_tell = tell;
        ExceptionHandling.SetUnhandledExceptionHandler(Handle);
    }

    /// <summary>Tells of one that was met in a worker, or of the worker's end, while no line was there to be told.
    /// </summary>
    public static void Tell(UnhandledException thrown) => Thrown?.Invoke(thrown);

    /// <summary>Deals with an exception that nobody caught.</summary>
    /// <returns>Whether it is a plugin's, and dealt with; if not, it ends the process.</returns>
    public static bool Handle(Exception e)
    {
        try
        {
            if (EffectOf(e) is not { } effect)
                return false;
            string what = $"threw {ForeignException.Describe(e).TrimEnd('.')} on a thread of its own";
            Thrown?.Invoke(new UnhandledException(effect, what, ForeignException.TraceOf(e)));
            s_tell?.Invoke($"The effect \"{effect}\" {what}. That thread's work ended there; lines go on.");
            return true;
        }
        catch (Exception)
        {
            // What threw last was a listener, or the exception's own words: the thread is to end all the same.
            return true;
        }
    }

    // The innermost frame of the plugin's code decides, in the exception itself or in what it was caused by.
    private static string? EffectOf(Exception thrown)
    {
        int depth = 0;
        for (Exception? e = thrown; e is not null && depth < MostInner; e = e.InnerException, depth++)
        {
            foreach (StackFrame frame in new StackTrace(e).GetFrames())
            {
                if (frame.GetMethod()?.Module.Assembly is { } assembly
                    && AssemblyLoadContext.GetLoadContext(assembly) is { } context
                    && Contexts.TryGetValue(context, out string? effect))
                {
                    return effect;
                }
            }
        }

        return null;
    }
}

/// <summary>An exception that a plugin threw on a thread of its own, in words.</summary>
/// <param name="EffectId">The effect.</param>
/// <param name="What">What happened, the end of a sentence.</param>
/// <param name="Trace">The exception with its stack trace, or what the process said last; null where there is
/// none.</param>
internal readonly record struct UnhandledException(string EffectId, string What, string? Trace);
