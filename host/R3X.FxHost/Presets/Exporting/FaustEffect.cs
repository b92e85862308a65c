using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using R3X.FxHost.Chains;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets.Exporting;

/// <summary>
/// An effect's text in Faust: a function of its settings, in their units, that bears the effect's id and whose
/// parameters bear the settings' ids, with _ for each hyphen.
/// </summary>
/// <param name="Name">The function's name.</param>
/// <param name="Settings">What it takes, in its own order.</param>
/// <param name="Text">The file.</param>
internal sealed partial record FaustEffect(string Name, IReadOnlyList<Parameter> Settings, string Text)
{
    /// <summary>Finds the text beside the effect's plugin.</summary>
    /// <param name="slot">A step with the effect.</param>
    /// <param name="catalogue">The effects.</param>
    /// <param name="reason">Why there is none that can be used: a part of a sentence.</param>
    public static FaustEffect? Find(SlotPlan slot, IEffectCatalogue catalogue, out string? reason)
    {
        string? plugin = catalogue.Effects.FirstOrDefault(effect => effect.Id == slot.EffectId)?.File;
        string file = Path.Combine(Path.GetDirectoryName(plugin) ?? "", slot.EffectId + ".dsp");
        reason = $"{slot.EffectId} has no Faust text";
        if (plugin is null || !File.Exists(file))
            return null;
        string text = File.ReadAllText(file).ReplaceLineEndings("\n").Trim();
        string name = NameOf(slot.EffectId);
        Match head = Head().Matches(text).FirstOrDefault(match => match.Groups["name"].Value == name) ?? Match.Empty;
        string[] taken = head.Groups["parameters"].Value.Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Parameter[] settings = [.. taken.SelectMany(id => slot.Parameters.Where(p => NameOf(p.Id) == id))];
        reason = $"{file} does not define {name}({string.Join(", ", slot.Parameters.Select(p => NameOf(p.Id)))})";
        return settings.Length == taken.Length && settings.Distinct().Count() == slot.Parameters.Count
            ? new FaustEffect(name, settings, text) : null;
    }

    /// <summary>An id as Faust writes names.</summary>
    public static string NameOf(string id) => id.Replace('-', '_');

    [GeneratedRegex(@"^(?<name>[a-z]\w*)\((?<parameters>[^)]*)\)\s*=", RegexOptions.Multiline)]
    private static partial Regex Head();
}
