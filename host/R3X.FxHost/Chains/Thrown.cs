using System;
using System.Reflection;

namespace R3X.FxHost.Chains;

/// <summary>An effect's exception in words. The object itself is the plugin's own, and keeps it in memory: it is let go
/// of.</summary>
/// <param name="What">Its type and message, on one line.</param>
/// <param name="Trace">The same with the stack trace.</param>
internal readonly record struct Thrown(string What, string Trace)
{
    private const int MostOfMessage = 300;
    private const int MostOfTrace = 8_000;

    /// <summary>Puts one into words. What is asked for them is the plugin's code as well.</summary>
    public static Thrown Of(Exception e)
    {
        Exception inner = e;
        while (inner is TypeInitializationException or TargetInvocationException && inner.InnerException is { } next)
            inner = next;
        string message = Cut(Ask(() => inner.Message).ReplaceLineEndings(" ").Trim(), MostOfMessage);
        string name = inner.GetType().Name;
        return new Thrown(message.Length == 0 ? name : $"{name}: {message}", Cut(Ask(e.ToString), MostOfTrace));
    }

    private static string Ask(Func<string?> words)
    {
        try
        {
            return words() ?? "";
        }
        catch (Exception)
        {
            return "(its own words threw as well)";
        }
    }

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, most), "...");
}
