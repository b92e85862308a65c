using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using R3X.FxHost.Chains;
using R3X.FxHost.Encoding;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Values;

namespace R3X.FxHost.Batch;

/// <summary>
/// Everything that a rendered line follows from, but for the line itself: the preset's text and its parents', what
/// <c>host.yaml</c> and the selection say, the version of the host and of every effect, the seed and the format. It can
/// be sent to another machine, where a <see cref="RecipeRenderer"/> renders by it. Immutable.
/// </summary>
public sealed record RenderRecipe
{
    /// <summary>The host that renders: its version, and what its code is, as
    /// <see cref="CodeIdentity.Host"/> has it.</summary>
    public required string Host { get; init; }

    /// <summary>The preset, then its parents, one behind the other; none for a line without effects.</summary>
    public required IReadOnlyList<RecipePreset> Presets { get; init; }

    /// <summary>The effects of its chain, each once.</summary>
    public required IReadOnlyList<RecipeEffect> Effects { get; init; }

    /// <summary>Changes to the preset, as <see cref="SpeechSelection.Overrides"/>.</summary>
    public required IReadOnlyList<string> Overrides { get; init; }

    /// <summary>How much of the chain is heard; null for as much as the preset says.</summary>
    public string? Amount { get; init; }

    /// <summary>What lines are brought to in front of the chain, in LUFS; null leaves them alone.</summary>
    public double? ReferenceLoudness { get; init; }

    /// <summary>Whether levels are left alone.</summary>
    public bool KeepsLevel { get; init; }

    /// <summary>The gains to begin with, as <see cref="Diagnostics.StartingGains"/> writes them; null
    /// measures.</summary>
    public string? StartingGains { get; init; }

    /// <summary>What everything random follows from.</summary>
    public ulong Seed { get; init; }

    /// <summary>The name of the lines' format where their bytes do not say it.</summary>
    public string? InputFormat { get; init; }

    /// <summary>The name of the format that is written.</summary>
    public required string OutputFormat { get; init; }

    /// <summary>How a WAV or FLAC file keeps its samples.</summary>
    public SampleFormat Samples { get; init; }

    /// <summary>The recipe's SHA-256, 64 hexadecimal digits: two recipes that are alike have the same.</summary>
    [JsonIgnore]
    public string Id => Convert.ToHexStringLower(SHA256.HashData(ToJson()));

    /// <summary>The preset's id; <c>dry</c> for a line without effects.</summary>
    [JsonIgnore]
    public string PresetId => Presets.Count == 0 ? ChainPlan.Dry.PresetId : Presets[0].Id;

    /// <summary>The recipe of what a host would render now.</summary>
    /// <param name="host">The host.</param>
    /// <param name="selection">The sound. Its preset is chosen here, once for all lines.</param>
    /// <param name="output">The format that is written.</param>
    /// <param name="inputFormat">The name of the lines' format where their bytes do not say it.</param>
    /// <exception cref="IOException">A file of the preset, or an effect, cannot be read.</exception>
    public static RenderRecipe Of(
        FxHost host, SpeechSelection selection, OutputFormat output, string? inputFormat = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentNullException.ThrowIfNull(output);
        Preset? preset = selection.IsDry ? null : host.Explain(selection).Choice.Preset;
        IEnumerable<string> effects = preset is null ? []
            : PresetOverrides.Apply(preset, selection.Overrides, host.Effects).Plan.Slots.Select(slot => slot.EffectId);
        string? amount = selection.Amount;
        if (amount is null && preset is { Amount: null } && host.Settings.Amount is { } usual)
            amount = ValueText.Format(ChainPlan.AmountParameter, usual);
        return new RenderRecipe
        {
            Host = CodeIdentity.Host,
            Presets = [.. FilesOf(preset)],
            Effects =
            [
                .. effects.Distinct().Order(StringComparer.Ordinal)
                    .Select(id => RecipeEffect.Of(host.Effects, id)).OfType<RecipeEffect>(),
            ],
            Overrides = preset is null ? [] : [.. selection.Overrides],
            Amount = amount,
            ReferenceLoudness = host.Settings.ReferenceLoudness,
            KeepsLevel = selection.KeepsLevel,
            StartingGains = selection.StartingGains?.ToString(),
            Seed = selection.Seed ?? 0,
            InputFormat = inputFormat,
            OutputFormat = output.Name.Text,
            Samples = output.Samples,
        };
    }

    /// <summary>Reads what <see cref="ToJson"/> writes.</summary>
    /// <param name="json">The bytes.</param>
    /// <exception cref="InvalidDataException">They are no recipe.</exception>
    public static RenderRecipe FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RecipeJson.Default.RenderRecipe)
                ?? throw new InvalidDataException("There is no recipe in these bytes.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"These bytes are no recipe: {e.Message}", e);
        }
    }

    /// <summary>The recipe as it is sent.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, RecipeJson.Default.RenderRecipe);

    /// <summary>The name of what is rendered of a line by this recipe: the same line, and the same recipe, have the
    /// same.</summary>
    /// <param name="lineHash">The SHA-256 of the line's bytes.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public string JobFor(string lineHash) => Convert.ToHexStringLower(
        SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Id + lineHash)));

    private static IEnumerable<RecipePreset> FilesOf(Preset? preset)
    {
        for (; preset is not null; preset = preset.Parent)
        {
            if (!PresetFile.TryReadBytes(preset.File, out byte[] bytes, out string reason))
                throw new IOException($"The preset {preset.File} cannot be read any more: {reason}");
            yield return new RecipePreset(preset.Id, System.Text.Encoding.UTF8.GetString(bytes));
        }
    }
}

/// <summary>A preset's file.</summary>
/// <param name="Id">Its name without <c>.yaml</c>.</param>
/// <param name="Text">What it says.</param>
public sealed record RecipePreset(string Id, string Text);

[JsonSerializable(typeof(RenderRecipe))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class RecipeJson : JsonSerializerContext;
