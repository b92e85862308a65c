using System.Collections.Generic;
using System.Globalization;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Yaml;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Checks the list under <c>chain:</c>.</summary>
internal sealed class ChainChecker(StepChecker steps, DiagnosticBag diagnostics, bool isComplete)
{
    private readonly Dictionary<string, YamlScalar> _names = [];
    private readonly List<(YamlScalar Name, PresetStep? Step)> _found = [];

    /// <summary>The steps in order; complete only when there were no errors.</summary>
    public List<PresetStep> Check(YamlEntry chain)
    {
        if (chain.Value is YamlSequence { Items.Count: 0 })
            diagnostics.Warning(chain.Key.Span, "The chain is empty: lines are played as they come.",
                "Write its steps below it, such as \"- limiter\".");
        else if (chain.Value is YamlScalar { Text.Length: 0 } && isComplete)
            diagnostics.Error(chain.Key.Span, "chain has no steps.",
                "Write its steps below it, such as \"- limiter\", or \"chain: []\" to play lines as they come.");
        new StepList("The steps of a chain", diagnostics, isComplete).Read(chain, CheckStep);
        WarnOfEarlyLimiter();
        List<PresetStep> good = [];
        foreach ((_, PresetStep? step) in _found)
        {
            if (step is not null)
                good.Add(step);
        }

        return good;
    }

    private void CheckStep(YamlScalar name, YamlNode? body)
    {
        PresetStep? step = steps.Check(name, body, isAdded: false);
        _found.Add((name, step));
        if (name.Text.Length == 0 || _names.TryAdd(name.Text, name))
            return;
        string effect = step?.Slot.EffectId ?? name.Text;
        diagnostics.Error(
            name.Span,
            string.Create(CultureInfo.InvariantCulture, $"Two steps are named {Diagnostic.Quote(name.Text)}; the first "
                + $"is in line {_names[name.Text].Span.Line}."),
            $"Write \"- {name.Text}-2: {{ effect: {effect} }}\", with its settings.");
    }

    private void WarnOfEarlyLimiter()
    {
        YamlScalar? limiter = null;
        bool isLast = false;
        foreach ((YamlScalar name, PresetStep? step) in _found)
        {
            if (step is { IsBypassed: true })
                continue;
            isLast = step is null or { Slot.Role: EffectRole.Limiter };
            if (step is { Slot.Role: EffectRole.Limiter })
                limiter = name;
        }

        if (limiter is not null && !isLast)
            diagnostics.Warning(
                limiter.Span, new Diagnostic($"Steps follow behind \"{limiter.Text}\", so its ceiling does not hold.",
                $"Move \"{limiter.Text}\" to the end of the chain.", DiagnosticRule.LimiterNotLast));
    }
}
