using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Faults;

/// <summary>One fault of an effect, with what it takes to bring it about again. Immutable.</summary>
public sealed class FaultRecord
{
    /// <summary>What it is called: six letters and digits.</summary>
    public required string Id { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The effect.</summary>
    public required string Effect { get; init; }

    /// <summary>The plugin's version.</summary>
    public required string Version { get; init; }

    /// <summary>The effect's assembly; null when it was not found among the host's.</summary>
    public string? File { get; init; }

    /// <summary>SHA-256 of the plugin's files when the fault was recorded, 64 hexadecimal digits; null when they could
    /// not be read.</summary>
    public string? Hash { get; init; }

    /// <summary>The host's version.</summary>
    public required string Host { get; init; }

    /// <summary>The preset; empty for a fault outside a line.</summary>
    public required string Preset { get; init; }

    /// <summary>The step's name in the preset; empty for a fault outside a line.</summary>
    public required string Step { get; init; }

    /// <summary>What it did, a word: <c>threw</c>, <c>did-not-return</c>.</summary>
    public required string Cause { get; init; }

    /// <summary>The same with figures, the end of a sentence.</summary>
    public required string Words { get; init; }

    /// <summary>The exception with its stack trace; null where nothing was thrown.</summary>
    public string? Trace { get; init; }

    /// <summary>The line's rate in Hz; 0 for a fault outside a line.</summary>
    public int SampleRate { get; init; }

    /// <summary>The line's channels.</summary>
    public int Channels { get; init; }

    /// <summary>The largest block the effect was prepared for, in frames.</summary>
    public int MaxFrames { get; init; }

    /// <summary>The chain's quality.</summary>
    public RenderQuality Quality { get; init; }

    /// <summary>The line's seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>Where each setting was in that block, in its unit.</summary>
    public IReadOnlyDictionary<string, double> Values { get; init; } = new Dictionary<string, double>();

    /// <summary>The points of its curve: Hz, and the value there. Empty where there is none.</summary>
    public IReadOnlyList<double[]> Curve { get; init; } = [];

    /// <summary>The block it happened in, counted from 0; -1 before the first.</summary>
    public long Block { get; init; } = -1;

    /// <summary>The line's frame at which that block began.</summary>
    public long Frame { get; init; }

    /// <summary>What the effect was given in that block: each channel's samples as 32-bit floats in base64, the lowest
    /// byte first. Empty before the first block.</summary>
    public IReadOnlyList<string> Input { get; init; } = [];
}

[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(FaultRecord))]
internal sealed partial class FaultJson : JsonSerializerContext;
