using System;
using R3X.FxHost.Sinks;

namespace R3X.FxHost.Cli.Sinks;

/// <summary>What people and programs read while a virtual loudspeaker runs: how to play on it, each change, each
/// mistake. One thread at a time.</summary>
internal sealed class SinkStatus(VirtualSink sink) : IProgress<PresetNews>
{
    private bool _isReady;

    public void Report(PresetNews value)
    {
        foreach (string mistake in value.Mistakes)
            Messages.Warning(mistake);
        if (!_isReady)
        {
            _isReady = true;
            Console.Out.WriteLine($"What plays on \"{sink.Name}\" is heard through {value.Preset} on "
                + $"{sink.Loudspeaker}.");
            Console.Out.WriteLine($"  one program: PULSE_SINK={sink.Name} PROGRAM     "
                + $"every program: pactl set-default-sink {sink.Name}");
            Console.Out.WriteLine("  another sound: type a preset's name, mood NAME, amount 60% or dry, and Enter; "
                + "Ctrl-C ends");
        }
        else if (value.IsRepaired || value.Changes.Count > 0)
        {
            string[] said = [.. value.IsRepaired ? ["right again"] : Array.Empty<string>(), .. value.Changes];
            Console.Out.WriteLine($"{value.Preset}: {string.Join(", ", said)}");
        }

        Console.Out.Flush();
    }
}
