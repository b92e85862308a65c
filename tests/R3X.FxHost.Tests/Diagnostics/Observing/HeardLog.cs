using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.Logging;

namespace R3X.FxHost.Tests.Diagnostics.Observing;

/// <summary>A log that keeps what it is told.</summary>
internal sealed class HeardLog : ILogger<FxHost>
{
    private readonly List<LogEntry> _entries = [];

    public IReadOnlyList<LogEntry> Entries
    {
        get
        {
            lock (_entries)
                return [.. _entries];
        }
    }

    public LogEntry Single(string name) => Entries.Single(entry => entry.Event.Name == name);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        var values = state is IEnumerable<KeyValuePair<string, object?>> pairs
            ? pairs.ToDictionary(pair => pair.Key, pair => pair.Value) : [];
        lock (_entries)
            _entries.Add(new LogEntry(logLevel, eventId, formatter(state, exception), values, exception));
    }
}

/// <summary>What a log was told.</summary>
internal sealed record LogEntry(
    LogLevel Level, EventId Event, string Text, IReadOnlyDictionary<string, object?> Values, Exception? Exception);
