using System.Collections.Generic;
using System.Globalization;
using R3X.FxHost.Presets.Yaml;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets;

/// <summary>Checks the list under <c>chain:</c>.</summary>
internal sealed class ChainChecker(EffectFinder effects, Mistakes mistakes, bool isComplete)
{
    private readonly StepChecker _steps = new(effects, mistakes, isComplete);
    private readonly Dictionary<string, YamlScalar> _names = [];
    private readonly List<(YamlScalar Name, PresetStep? Step)> _found = [];

    /// <summary>The steps in order; complete only when there were no errors.</summary>
    public IReadOnlyList<PresetStep> Check(YamlEntry chain)
    {
        switch (chain.Value)
        {
            case YamlSequence list:
                foreach (YamlNode item in list.Items)
                    CheckItem(item);
                if (list.Items.Count == 0)
                    mistakes.Warning(chain.Key.Span, "The chain is empty: lines are played as they come.", "Write its steps below it, such as \"- limiter\".");
                break;
            case YamlMapping mapping:
                mistakes.Error(mapping.Entries.Count == 0 ? chain.Key.Span : mapping.Entries[0].Key.Span, "The steps of a chain are a list; each begins with a dash.", mapping.Entries.Count == 0 ? "Write \"[]\" for a chain without steps." : $"Write \"- {mapping.Entries[0].Key.Text}\", and a dash in front of each other step.");
                foreach (YamlEntry entry in mapping.Entries)
                    CheckStep(entry.Key, entry.Value is YamlScalar { IsEmpty: true } ? null : entry.Value);
                break;
            case YamlScalar scalar when scalar.Text.Length > 0:
                mistakes.Error(scalar.Span, "The steps of a chain are a list; each begins with a dash.", $"Write \"- {scalar.Text}\" in the next line, indented by two spaces.");
                break;
            case YamlScalar when isComplete:
                mistakes.Error(chain.Key.Span, "chain has no steps.", "Write its steps below it, such as \"- limiter\", or \"chain: []\" to play lines as they come.");
                break;
        }

        WarnOfEarlyLimiter();
        List<PresetStep> steps = [];
        foreach ((_, PresetStep? step) in _found)
        {
            if (step is not null)
                steps.Add(step);
        }

        return steps;
    }

    private void CheckItem(YamlNode item)
    {
        switch (item)
        {
            case YamlScalar { IsEmpty: true } when !isComplete:
                break;
            case YamlScalar name:
                CheckStep(name, null);
                break;
            case YamlMapping { Entries.Count: 1 } one:
                CheckStep(one.Entries[0].Key, one.Entries[0].Value);
                break;
            case YamlMapping { Entries.Count: > 1 } several:
                CheckCrowded(several);
                break;
            case YamlSequence or YamlMapping:
                mistakes.Error(item.Span, $"A step is a name and its settings; {SettingWords.NameOf(item)} stands here.", "Write one dash in front of each step's name.");
                break;
        }
    }

    // Several names behind one dash: settings that are not indented, "effect:" in front, or a forgotten dash.
    private void CheckCrowded(YamlMapping item)
    {
        YamlEntry first = item.Entries[0];
        YamlEntry second = item.Entries[1];
        List<YamlEntry> rest = [.. item.Entries];
        rest.RemoveAt(0);
        if (first.Key.Text == "effect" && first.Value is YamlScalar { Text.Length: > 0 } effect)
        {
            mistakes.Error(first.Key.Span, "A step begins with its name, not with \"effect\".", $"Write \"- {effect.Text}:\" and indent its settings below it.");
            CheckStep(effect, new YamlMapping(item.Span, rest, item.IsFlow));
        }
        else if (first.Value is YamlScalar { IsEmpty: true })
        {
            if (isComplete)
                mistakes.Error(second.Key.Span, $"{Complaint.Quote(second.Key.Text)} stands beside \"{first.Key.Text}\", not inside it.", $"Indent the settings of \"{first.Key.Text}\" two spaces deeper than its name.");
            CheckStep(first.Key, new YamlMapping(item.Span, rest, item.IsFlow));
        }
        else
        {
            mistakes.Error(second.Key.Span, $"{Complaint.Quote(second.Key.Text)} stands in the same step as \"{first.Key.Text}\".", $"Write \"- {second.Key.Text}\" if it is a step of its own, or indent it if it is a setting.");
            foreach (YamlEntry entry in item.Entries)
                CheckStep(entry.Key, entry.Value);
        }
    }

    private void CheckStep(YamlScalar name, YamlNode? body)
    {
        PresetStep? step = _steps.Check(name, body);
        _found.Add((name, step));
        if (name.Text.Length == 0 || _names.TryAdd(name.Text, name))
            return;
        string effect = step?.Slot.EffectId ?? name.Text;
        mistakes.Error(
            name.Span,
            string.Create(CultureInfo.InvariantCulture, $"Two steps are named {Complaint.Quote(name.Text)}; the first is in line {_names[name.Text].Span.Line}."),
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
            mistakes.Warning(limiter.Span, $"Steps follow behind \"{limiter.Text}\", so its ceiling does not hold.", $"Move \"{limiter.Text}\" to the end of the chain.");
    }
}
