using System;
using System.Reflection;

namespace R3X.FxHost.Plugins;

/// <summary>Words for exceptions thrown by plugins. The objects themselves are let go of: they keep a plugin in
/// memory.</summary>
internal static class ForeignException
{
    private const int MaximumLength = 300;

    /// <summary>The exception's type and message as one sentence on one line.</summary>
    public static string Describe(Exception e)
    {
        while (e is TypeInitializationException or TargetInvocationException && e.InnerException is Exception inner)
            e = inner;
        string message = MessageOf(e).ReplaceLineEndings(" ").Trim();
        if (message.Length > MaximumLength)
            message = string.Concat(message.AsSpan(0, MaximumLength), "...");
        return message.Length == 0
            ? $"{e.GetType().Name}." : $"{e.GetType().Name}: {message}{(char.IsPunctuation(message[^1]) ? "" : ".")}";
    }

    /// <summary>The exception with its stack trace, as text.</summary>
    public static string TraceOf(Exception e)
    {
        try
        {
            return e.ToString();
        }
        catch (Exception)
        {
            return e.GetType().Name;
        }
    }

    // The message is the plugin's code as well.
    private static string MessageOf(Exception e)
    {
        try
        {
            return e.Message ?? "";
        }
        catch (Exception)
        {
            return "(its message threw as well)";
        }
    }
}

/// <summary>A plugin's exception as text, in place of the object itself.</summary>
/// <param name="trace">The exception with its stack trace.</param>
internal sealed class PluginTraceException(string trace) : Exception(trace)
{
    /// <inheritdoc/>
    public override string ToString() => Message;
}
