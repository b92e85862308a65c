using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using R3X.FxHost.Chains;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Levelling;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Choosing;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Lines;

/// <summary>
/// Turns selections into chains. Whatever is wrong with a selection or a preset, a line gets a chain: the one asked
/// for, else the default preset's, else the default's before it, else the built-in one, else an empty one.
/// </summary>
internal sealed class LineChains
{
    // What ElevenLabs sends unless asked for another; the code is the same for all.
    private static readonly AudioFormat UsualFormat = new(44_100, 1);

    private readonly SpeakerHistory _speakers;
    private readonly Quarantine _quarantine = new();
    private readonly PresetLibrary _presets;
    private readonly PresetStore _store;
    private readonly HostSignals _signals;
    private readonly Action<SlotFault>? _record;

    /// <summary>Keeps what chains are made of, and logs what is wrong with <c>host.yaml</c>.</summary>
    /// <param name="presets">The presets.</param>
    /// <param name="store">Reads them.</param>
    /// <param name="signals">Told of each line.</param>
    /// <param name="record">Told of each fault, on the thread that met it. Must not throw or block.</param>
    /// <param name="levels">What hosts know together of speakers; null where there is nothing such.</param>
    public LineChains(PresetLibrary presets, PresetStore store, HostSignals signals,
        Action<SlotFault>? record = null, ISpeakerLevels? levels = null)
    {
        (_presets, _store, _signals, _record) = (presets, store, signals, record);
        _speakers = new SpeakerHistory(levels);
        HostSettingsReading initial = store.InitialSettings;
        presets.RememberDefault(initial.Settings.Default);
        foreach (PresetDiagnostic mistake in initial.Diagnostics)
            signals.Fallback(initial.Settings.Default, DiagnosticText.Format(mistake));
    }

    /// <summary>A seed nobody chose.</summary>
    public static ulong NewSeed() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>Chooses a line's preset and seed.</summary>
    public LineChain Choose(SpeechSelection selection)
    {
        var warnings = new List<string>();
        // Before the preset, which chances of its use may be drawn for.
        ulong seed = selection.Seed ?? NewSeed();
        HostSettingsReading settings = _store.ReadSettings();
        if (settings != _store.InitialSettings)
            Note(settings.Diagnostics, warnings);
        HostSettings said = selection.Settings ?? settings.Settings;
        string reason = "No effects were asked for.";
        Preset? preset = null;
        ChainPlan plan = selection.IsDry
            ? ChainPlan.Dry
            : PlanOf(selection, said, seed, warnings, out reason, out preset);
        var leveller = new Leveller(
            Targets(selection, said, plan), selection.Settings is null ? _speakers : new SpeakerHistory(),
            selection.Speaker ?? "", selection.StartingGains);
        Quarantine quarantine = selection.Settings is null ? _quarantine : new Quarantine();
        return new LineChain(plan, reason, seed, leveller, quarantine, warnings, _signals, _record)
        {
            Settings = said,
            Preset = preset,
            Mood = MoodOf(selection, preset),
        };
    }

    /// <summary>Has the next line spoken with the effects there are now.</summary>
    /// <param name="effectIds">Those that are new or others.</param>
    public void EffectsChanged(IEnumerable<string> effectIds)
    {
        foreach (string id in effectIds)
            _quarantine.Forget(id);
        _presets.EffectsChanged();
    }

    /// <summary>A line through a plan that no preset of the folder stands for; levelled like any other.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="gains">Its gains where they are known; null measures.</param>
    public LineChain Of(ChainPlan plan, ulong seed, StartingGains? gains = null)
    {
        HostSettings settings = _store.LatestSettings.Settings;
        var targets = new LoudnessTargets(settings.ReferenceLoudness, plan.MatchLoudness);
        var leveller = new Leveller(targets, new SpeakerHistory(), "", gains);
        return new LineChain(plan, "", seed, leveller, new Quarantine(), [], _signals, _record) { Settings = settings };
    }

    /// <summary>A preset's plan as a line gets it that says nothing else.</summary>
    public ChainPlan PlanOf(Preset preset) =>
        WithAmount(preset, preset.Plan, SpeechSelection.Default, _store.LatestSettings.Settings, []);

    /// <summary>Prepares the chain of such a line, and has it compiled, for nobody.</summary>
    public void WarmUp(SpeechSelection selection)
    {
        if (selection.IsDry)
            return;
        ChainPlan plan = PlanOf(selection, _store.ReadSettings().Settings, selection.Seed ?? 0, [], out _, out _);
        var chain = Chain.Prepare(plan, new ChainSetup(UsualFormat) { IsWatched = true }.ForDryRun);
        chain.WarmUp();
        chain.Close();
    }

    /// <summary>What would make a line fall back.</summary>
    public IReadOnlyList<PresetDiagnostic> Check(SpeechSelection selection)
    {
        if (selection.IsDry)
            return [];
        PresetChoice choice = ChoiceOf(selection, _store.ReadSettings().Settings.Default, selection.Seed ?? 0);
        IReadOnlyList<PresetDiagnostic> amount = [];
        if (selection.Amount is { } said)
            PresetOverrides.Amount(said, out amount);
        if (choice.IsFallback)
            return [.. choice.Diagnostics, .. amount];
        IReadOnlyList<PresetDiagnostic> overrides =
            choice.Preset is null ? [] : Changed(choice.Preset, selection).Diagnostics;
        // A default that cannot be used is not the fault of a line that names none, nor what does not fit its stand-in.
        return choice.Instead is null
            ? [.. choice.Diagnostics, .. amount, .. overrides]
            : [.. amount, .. overrides.Select(mistake => mistake with { Severity = DiagnosticSeverity.Warning })];
    }

    /// <summary>How every preset fares in the choice for a line.</summary>
    public ChoiceExplanation Explain(SpeechSelection selection) =>
        _presets.Explain(
            selection.Preset, TraitsOf(selection, selection.Seed ?? 0), _store.ReadSettings().Settings.Default);

    // A line without effects is played as it comes.
    private static LoudnessTargets Targets(SpeechSelection selection, HostSettings settings, ChainPlan plan) =>
        selection.KeepsLevel || plan == ChainPlan.Dry
        ? default
        : new LoudnessTargets(settings.ReferenceLoudness, plan.MatchLoudness);

    private ChainPlan PlanOf(
        SpeechSelection selection, HostSettings settings, ulong seed, List<string> warnings, out string reason,
        out Preset? found)
    {
        PresetChoice choice = ChoiceOf(selection, settings.Default, seed);
        reason = choice.Reason;
        warnings.AddRange(choice.Unheard);
        Note(choice.PassedOver, warnings);
        if (choice.Preset is null || choice.Diagnostics.Any(IsWorthSaying))
            Note(choice.Diagnostics, warnings);
        if (choice.Instead is { } instead)
            warnings.Add(instead);
        found = choice.Preset;
        if (choice.Preset is not { } preset)
        {
            warnings.Add("The line was left without effects.");
            return ChainPlan.Dry;
        }

        if (choice.IsFallback)
        {
            if (choice.Instead is null)
                warnings.Add($"\"{settings.Default}\" was used instead.");
            return WithAmount(preset, preset.Plan, selection, settings, warnings);
        }

        OverrideReading changed = Changed(preset, selection);
        Note(changed.Diagnostics, warnings);
        return WithAmount(preset, changed.Plan, selection, settings, warnings);
    }

    private OverrideReading Changed(Preset preset, SpeechSelection selection) =>
        PresetOverrides.Apply(preset, selection.Overrides, _presets.Effects);

    // What is said nearest to the line holds.
    private static ChainPlan WithAmount(
        Preset preset, ChainPlan plan, SpeechSelection selection, HostSettings settings, List<string> warnings)
    {
        SettingValue? said = null;
        if (selection.Amount is { } text)
        {
            said = PresetOverrides.Amount(text, out IReadOnlyList<PresetDiagnostic> diagnostics);
            Note(diagnostics, warnings);
        }

        SettingValue amount = said ?? preset.Amount ?? settings.Amount ?? plan.Amount;
        return amount == plan.Amount ? plan : plan with { Amount = amount };
    }

    // What is not as it was meant to be. A limiter that is not the last step is told by r3x presets, not with every
    // line.
    private static bool IsWorthSaying(PresetDiagnostic diagnostic) =>
        diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Rule == DiagnosticRule.Parent;

    private PresetChoice ChoiceOf(SpeechSelection selection, string defaultId, ulong seed) =>
        _presets.Choose(selection.Preset, TraitsOf(selection, seed), defaultId);

    // Whoever names a preset need not say its mood as well; what stands in for it has another.
    private static string? MoodOf(SpeechSelection selection, Preset? preset)
    {
        if (!string.IsNullOrWhiteSpace(selection.Mood) || selection.Preset is not { } named)
            return selection.Mood;
        string id = PresetFile.IdOf(named);
        return preset?.Id == id || selection.IsDry ? id : null;
    }

    private static LineTraits TraitsOf(SpeechSelection selection, ulong seed) =>
        new(selection.Mood, selection.Cue, selection.Text, selection.Speaker, seed);

    private static void Note(IEnumerable<PresetDiagnostic> diagnostics, List<string> warnings)
    {
        foreach (PresetDiagnostic diagnostic in diagnostics)
            warnings.Add(DiagnosticText.Format(diagnostic));
    }
}
