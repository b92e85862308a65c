using System;
using System.Collections.Generic;

namespace R3X.FxHost.Presets.Importing;

/// <summary>A section of the earlier program's configuration and the step that takes its place.</summary>
/// <param name="Fixed">Settings that the earlier effect did not have, as it sounded without them.</param>
internal sealed record OldSection(
    string Effect, IReadOnlyDictionary<string, OldKey> Keys, IReadOnlyDictionary<string, double> Fixed)
{
    // What 100 % of a drive stands for, in dB.
    private const double FullDrive = 24;

    public static IReadOnlyDictionary<string, OldSection> All { get; } = new Dictionary<string, OldSection>
    {
        ["eq"] = new("eq", new Dictionary<string, OldKey>
        {
            ["highpass_freq"] = new("high-pass"),
            ["presence_boost_freq"] = new("presence"),
            ["presence_boost_gain"] = new("presence-gain"),
            ["q_factor"] = new("presence-width", OctavesOf, 2),
        }),
        ["compressor"] = new("compressor", new Dictionary<string, OldKey>
        {
            ["threshold_db"] = new("threshold"),
            ["ratio"] = new("ratio"),
            ["attack_ms"] = new("attack"),
            ["release_ms"] = new("release"),
        }),
        ["harmonic_exciter"] = new("exciter", new Dictionary<string, OldKey>
        {
            ["drive"] = new("drive", gain => 20 * Math.Log10(gain) / FullDrive * 100, 1),
            ["tone"] = new("frequency", tone => 1000 * Math.Pow(8, tone), 0),
            ["mix"] = OldKey.Share("mix"),
        }),
        ["distortion"] = new("saturation",
            new Dictionary<string, OldKey> { ["drive_db"] = new("drive", db => db / FullDrive * 100, 1) }),
        ["output_gain"] = new("gain", new Dictionary<string, OldKey> { ["gain_db"] = new("level") }),
        ["comb_filter"] = new("comb", new Dictionary<string, OldKey>
        {
            ["delay_ms"] = new("delay"),
            // It was called feedback and added the delayed voice once.
            ["feedback"] = OldKey.Share("feedforward"),
            ["mix"] = OldKey.Share("mix"),
        }) { Fixed = new Dictionary<string, double> { ["feedback"] = 0 } },
        ["ring_modulator"] = new("ring-mod",
            new Dictionary<string, OldKey> { ["frequency"] = new("frequency"), ["mix"] = OldKey.Share("mix") }),
        ["bit_crusher"] = new(
            "bit-crush", new Dictionary<string, OldKey> { ["bit_depth"] = new("bits"), ["mix"] = OldKey.Share("mix") })
        {
            Fixed = new Dictionary<string, double> { ["rate"] = 48_000 },
        },
        [Limiter] = new("limiter",
            new Dictionary<string, OldKey> { ["threshold_db"] = new("ceiling"), ["release_ms"] = new("release") }),
    };

    /// <summary>The section that goes last wherever it stands.</summary>
    public const string Limiter = "limiter";

    private OldSection(string effect, IReadOnlyDictionary<string, OldKey> keys)
        : this(effect, keys, new Dictionary<string, double>())
    {
    }

    // The width of a peak between its half-gain points, from its Q (RBJ's cookbook).
    private static double OctavesOf(double q) => 2 / Math.Log(2) * Math.Asinh(1 / (2 * q));
}

/// <summary>A key of the earlier configuration and the setting that takes its place.</summary>
internal sealed record OldKey(string Setting, Func<double, double> Convert, int Digits)
{
    /// <summary>A value that stays as it is.</summary>
    public OldKey(string setting)
        : this(setting, value => value, 6)
    {
    }

    /// <summary>A share of 1, which becomes one of 100 %.</summary>
    public static OldKey Share(string setting) => new(setting, share => share * 100, 6);
}
