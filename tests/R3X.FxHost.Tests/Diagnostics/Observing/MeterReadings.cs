using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Linq;

namespace R3X.FxHost.Tests.Diagnostics.Observing;

/// <summary>A container's meters, and everything that was measured with them: of one test, whatever others measure
/// meanwhile.</summary>
internal sealed class MeterReadings : IMeterFactory
{
    private readonly List<Meter> _meters = [];
    private readonly List<Reading> _readings = [];
    private readonly List<Instrument> _instruments = [];
    private readonly MeterListener _listener = new();

    public MeterReadings(Action? onMeasured = null)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!ReferenceEquals(instrument.Meter.Scope, this))
                return;
            lock (_instruments)
                _instruments.Add(instrument);
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => Add(instrument, value, tags, onMeasured));
        _listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => Add(instrument, value, tags, onMeasured));
        _listener.Start();
    }

    /// <summary>The instruments there are.</summary>
    public IReadOnlyList<Instrument> Instruments
    {
        get
        {
            lock (_instruments)
                return [.. _instruments];
        }
    }

    /// <summary>Everything that was measured.</summary>
    public IReadOnlyList<Reading> All
    {
        get
        {
            lock (_readings)
                return [.. _readings];
        }
    }

    /// <summary>What was measured with an instrument.</summary>
    public Reading[] Of(string instrument) => [.. All.Where(reading => reading.Instrument == instrument)];

    /// <summary>What an observable instrument says now.</summary>
    public double Observe(string instrument)
    {
        lock (_readings)
            _readings.RemoveAll(reading => reading.Instrument == instrument);
        _listener.RecordObservableInstruments();
        return Of(instrument).Single().Value;
    }

    public Meter Create(MeterOptions options)
    {
        if (_meters.Find(meter => meter.Name == options.Name) is { } known)
            return known;
        options.Scope = this;
        var made = new Meter(options);
        _meters.Add(made);
        return made;
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (Meter meter in _meters)
            meter.Dispose();
    }

    private void Add(
        Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, Action? onMeasured)
    {
        var named = new Dictionary<string, object?>(tags.ToArray());
        lock (_readings)
            _readings.Add(new Reading(instrument.Name, value, named));
        onMeasured?.Invoke();
    }
}

/// <summary>A measurement.</summary>
internal sealed record Reading(string Instrument, double Value, IReadOnlyDictionary<string, object?> Tags)
{
    public string? this[string tag] => Tags.GetValueOrDefault(tag) as string;
}
