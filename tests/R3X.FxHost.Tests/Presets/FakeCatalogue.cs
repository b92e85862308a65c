using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Presets;

/// <summary>The first effects' settings as design.md lists them, a ring modulator, and one plugin that is refused.
/// Makes no sound.</summary>
internal sealed class FakeCatalogue : IEffectCatalogue
{
    private readonly List<LoadedEffect> _effects =
    [
        Effect("eq", EffectRole.Tone,
            new("high-pass", ParameterUnit.Hertz, 20, 1000, 100, "Removes rumble."),
            new("presence", ParameterUnit.Hertz, 1000, 8000, 4000, "Which tone."),
            new("presence-gain", ParameterUnit.Decibels, -12, 12, 3, "How much."),
            new("presence-width", ParameterUnit.Octaves, 0.3, 4, 2, "How wide.")),
        Effect("compressor", EffectRole.Dynamics,
            new("threshold", ParameterUnit.Decibels, -60, 0, -20, "Where it begins."),
            new("ratio", ParameterUnit.Ratio, 1, 20, 3, "How strong."),
            new("attack", ParameterUnit.Milliseconds, 0.1, 200, 5, "How fast."),
            new("release", ParameterUnit.Milliseconds, 5, 2000, 50, "How slow."),
            new("knee", ParameterUnit.Decibels, 0, 24, 6, "How gentle."),
            new("make-up", ParameterUnit.Decibels, 0, 24, 0, "Louder.")),
        Effect("exciter", EffectRole.Drive,
            new("frequency", ParameterUnit.Hertz, 1000, 8000, 3000, "Above this."),
            new("drive", ParameterUnit.Percent, 0, 100, 30, "How hard."),
            new("mix", ParameterUnit.Percent, 0, 100, 20, "How much.")),
        Effect("saturation", EffectRole.Drive,
            new("drive", ParameterUnit.Percent, 0, 100, 15, "How hard."),
            new("mix", ParameterUnit.Percent, 0, 100, 100, "How much.")),
        Effect("comb", EffectRole.Space,
            new("delay", ParameterUnit.Milliseconds, 0.5, 30, 8, "How long."),
            new("feedback", ParameterUnit.Percent, -90, 90, 30, "How often."),
            new("feedforward", ParameterUnit.Percent, -100, 100, 0, "The notch."),
            new("damping", ParameterUnit.Hertz, 500, 20000, 8000, "How dull."),
            new("mix", ParameterUnit.Percent, 0, 100, 25, "How much.")),
        Effect("limiter", EffectRole.Limiter,
            new("ceiling", ParameterUnit.Decibels, -24, 0, -1, "The highest peak."),
            new("release", ParameterUnit.Milliseconds, 10, 1000, 80, "How slow."),
            new("look-ahead", ParameterUnit.Milliseconds, 0.2, 5, 1.5, "How early.", structural: true)),
        Effect("ring-mod", EffectRole.Modulation,
            new("frequency", ParameterUnit.Hertz, 10, 2000, 75, "Which tone."),
            new("mix", ParameterUnit.Percent, 0, 100, 25, "How much.")),
        Effect("crusher", EffectRole.Drive,
            new("depth", ParameterUnit.Bits, 1, 16, 8, "How fine."),
            new("transpose", ParameterUnit.Semitones, -24, 24, 0, "How high."),
            new("stages", ParameterUnit.None, 1, 8, 2, "How many.")),
        Effect("curve", EffectRole.Tone,
            new("strength", ParameterUnit.Percent, 0, 100, 100, "How much."),
            Parameter.OfCurve("points", ParameterUnit.Decibels, -24, 24, new CurvePoints(80, 20_000, 31), "How loud.")),
    ];

    public IReadOnlyList<string> Folders { get; init; } = ["/opt/r3x/plugins"];

    public IReadOnlyList<EffectDescription> Effects => [.. _effects.ConvertAll(e => e.Description)];

    public IReadOnlyList<RefusedPlugin> Refused { get; } =
        [new("/opt/r3x/plugins/vocoder/Vocoder.dll", "Vocoder.dll was built for level 2 of the effect contract; this "
            + "host speaks level 1.", "Update the host, or build the plugin with Sdk 1.")];

    /// <summary>What was asked for, in order. Property tests ask from every core at once.</summary>
    public ConcurrentQueue<string> Loaded { get; } = new();

    public static FakeCatalogue Empty()
    {
        var catalogue = new FakeCatalogue();
        catalogue._effects.Clear();
        return catalogue;
    }

    public bool TryLoad(string id, [NotNullWhen(true)] out LoadedEffect? effect, out RefusedPlugin? refused)
    {
        Loaded.Enqueue(id);
        refused = null;
        effect = _effects.Find(e => e.Description.Id == id);
        return effect is not null;
    }

    private static LoadedEffect Effect(string id, EffectRole role, params Parameter[] parameters) =>
        new(new EffectDescription(id, id, role, "0.1.0", $"/opt/r3x/plugins/{id}/{id}.dll"), parameters,
            () => throw new NotSupportedException("This effect only has settings."));
}
