using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Chains;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Checks one step against its effect and builds it.</summary>
/// <param name="isComplete">Whether the whole file was read; when not, what is missing is not complained about.</param>
internal sealed class StepChecker(string presetId, EffectFinder effects, DiagnosticBag diagnostics, bool isComplete)
{
    private readonly StepReader _reader = new(presetId, diagnostics, isComplete);

    /// <param name="body">What stands behind the name's colon; null when there is no colon.</param>
    /// <returns>The step, or null after diagnostics.</returns>
    public PresetStep? Check(YamlScalar name, YamlNode? body, bool isAdded)
    {
        bool isNamed = IsProperName(name);
        YamlMapping? settings = body as YamlMapping;
        YamlEntry? effectEntry = settings?.Entries.FirstOrDefault(e => e.Key.Text == "effect");
        YamlScalar effectId = name;
        if (effectEntry is not null)
        {
            if (effectEntry.Value is not YamlScalar { Text.Length: > 0 } written)
            {
                diagnostics.Error(effectEntry.Key.Span, "effect has no value.",
                    "Write the effect's id behind it, as \"r3x effects\" lists them.");
                return null;
            }

            effectId = written;
        }

        if (!isNamed && effectEntry is null)
            return null;
        if (effects.Find(effectId.Text, effectEntry is null, out Diagnostic diagnostic,
            out EffectDescription? failed) is not { } effect)
        {
            if (failed is not null && isNamed)
            {
                diagnostics.Warning(effectId.Span, diagnostic);
                // A fault of an effect costs the effect and not the preset; its settings cannot be looked at.
                return Of(name, failed, [], () => throw new InvalidOperationException(diagnostic.Message));
            }

            diagnostics.Error(effectId.Span, diagnostic);
            return null;
        }

        PresetStep step = Of(
            name, effect.Description, effect.Parameters, effect.Create, effect.OwnProcess is not null);
        PresetStep? read = _reader.Read(step, name, body, isAdded ? StepPlace.Added : StepPlace.Chain);
        return isNamed ? read : null;
    }

    private PresetStep Of(
        YamlScalar name, EffectDescription effect, IReadOnlyList<Parameter> parameters, Func<IEffect> create,
        bool isRemote = false)
    {
        SettingValue[] defaults = SettingWords.DefaultsOf(parameters);
        var slot = new SlotPlan(name.Text, effect.Id, effect.Version, effect.Role, parameters, defaults, create)
        {
            IsRemote = isRemote,
        };
        return PresetStep.Of(slot, Origin.At(presetId, name.Span));
    }

    private bool IsProperName(YamlScalar name)
    {
        string text = name.Text;
        if (text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            && char.IsAsciiLetter(text[0])
            && text is not ("effect" or "before" or "after" or "bypass"))
        {
            return true;
        }

        if (LineMistake.WithSpaceAfterColon(text) is { } spaced)
            diagnostics.Error(
                name.Span, "No space stands behind the colon.", new Fix($"Write {Diagnostic.Quote(spaced)}.", spaced));
        else if (text.Length == 0)
            diagnostics.Error(
                name.Span, "This step has no name.", "Write an effect such as \"- limiter\", or remove the dash.");
        else if (text.Contains(" - ", StringComparison.Ordinal))
            diagnostics.Error(name.Span, "The line below runs on from this one, as its dash stands further in.",
                "Begin every step's dash in the same column.");
        else if (text.All(c => char.IsAsciiLetter(c)))
            diagnostics.Error(name.Span, $"{Diagnostic.Quote(text)} cannot be a step's name: the word means something "
                + $"else inside a step.", "Begin the step with another name.");
        else
            diagnostics.Error(name.Span, $"{Diagnostic.Quote(text)} cannot be a step's name.",
                "Use letters, digits and hyphens, a letter first.");
        return false;
    }
}
