using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using R3X.FxHost.Cli.Bench;
using R3X.FxHost.Cli.Bench.Serving;
using R3X.FxHost.Cli.Cache;
using R3X.FxHost.Cli.Checking;
using R3X.FxHost.Cli.Faults;
using R3X.FxHost.Cli.Fitting;
using R3X.FxHost.Cli.PresetFiles;
using R3X.FxHost.Cli.Service;
using R3X.FxHost.Conformance;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Faults;
using R3X.FxHost.Playback;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Editing;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Cli;

/// <summary>Listings and reports as JSON on standard output.</summary>
internal static class Json
{
    public static void Write<T>(T listing) =>
        Console.Out.WriteLine(
            JsonSerializer.Serialize(listing, (JsonTypeInfo<T>)JsonListings.Default.GetTypeInfo(typeof(T))!));

    /// <summary>What another run of the command wrote; null when it is something else.</summary>
    public static T? Read<T>(string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, (JsonTypeInfo<T>)JsonListings.Default.GetTypeInfo(typeof(T))!);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What <c>effects --json</c> prints.</summary>
internal sealed record EffectListing(
    EffectRow[] Effects, IReadOnlyList<RefusedPlugin> Refused, IReadOnlyList<string> Folders);

/// <summary>What <c>effects trust --json</c> and <c>effects untrust --json</c> print.</summary>
internal sealed record TrustListing(IReadOnlyList<TrustedEffect> Effects, IReadOnlyList<RefusedPlugin> Refused);

/// <summary>An effect in JSON. Numbers are in the setting's unit.</summary>
internal sealed record EffectRow(
    string Id,
    string Name,
    EffectRole Role,
    string Version,
    string File,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OwnProcess,
    SettingRow[] Settings)
{
    public static EffectRow Of(LoadedEffect effect)
    {
        EffectDescription d = effect.Description;
        return new EffectRow(d.Id, d.Name, d.Role, d.Version, d.File, effect.OwnProcess, [.. effect.Parameters.Select(
            p => new SettingRow(p.Id, p.Unit, p.Minimum, p.Maximum, p.Default, p.IsStructural, p.Help, p.Points))]);
    }
}

/// <summary>An effect's setting in JSON. Points: where those of a curve may be and how many, in Hz; left out for
/// other settings.</summary>
internal sealed record SettingRow(
    string Id,
    ParameterUnit Unit,
    double Minimum,
    double Maximum,
    double Default,
    bool Structural,
    string Help,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CurvePoints? Points);

/// <summary>A preset in JSON.</summary>
internal sealed record PresetRow(
    string Id, string? Name, string? About, string File, string[] Steps, string[] Problems);

/// <summary>What <c>presets why --json</c> prints.</summary>
internal sealed record ChoiceRow(string Preset, string Reason, string Amount, PresetCandidate[] Candidates);

/// <summary>A device in JSON.</summary>
internal sealed record DeviceRow(
    string Name, string Description, string Backend, int SampleRate, int Channels, bool Default, double LatencyMs)
{
    public static DeviceRow Of(OutputDeviceInfo d) => new(d.Name, d.Description, d.Backend, d.Format.SampleRate,
        d.Format.Channels, d.IsDefault, d.Latency.TotalMilliseconds);
}

/// <summary>A finding of the doctor in JSON.</summary>
internal sealed record DoctorRow(
    string Name, string Purpose, bool Present, string? Found, string Install, bool Optional = false);

[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(EffectListing))]
[JsonSerializable(typeof(EffectRow))]
[JsonSerializable(typeof(TrustListing))]
[JsonSerializable(typeof(PresetRow[]))]
[JsonSerializable(typeof(ChoiceRow))]
[JsonSerializable(typeof(VoiceAdvice))]
[JsonSerializable(typeof(CheckListing))]
[JsonSerializable(typeof(SarifLog))]
[JsonSerializable(typeof(CheckedEffectRow[]))]
[JsonSerializable(typeof(ConformanceResult))]
[JsonSerializable(typeof(CacheListing))]
[JsonSerializable(typeof(FaultListing))]
[JsonSerializable(typeof(FaultRecord))]
[JsonSerializable(typeof(DeviceRow[]))]
[JsonSerializable(typeof(DoctorRow[]))]
[JsonSerializable(typeof(ServiceRow[]))]
[JsonSerializable(typeof(Dictionary<string, SettingValue>))]
[JsonSerializable(typeof(HealthListing))]
[JsonSerializable(typeof(AnalysisRow))]
[JsonSerializable(typeof(ProfileRow))]
[JsonSerializable(typeof(MatchRow))]
[JsonSerializable(typeof(SpeechReport))]
[JsonSerializable(typeof(BenchRow))]
[JsonSerializable(typeof(ServeRow))]
[JsonSerializable(typeof(ShownPreset))]
[JsonSerializable(typeof(PresetEdit))]
[JsonSerializable(typeof(PresetDifference[]))]
internal sealed partial class JsonListings : JsonSerializerContext;
