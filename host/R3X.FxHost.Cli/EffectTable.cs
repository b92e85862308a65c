using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Cli;

/// <summary>The installed effects as the page <c>docs/effects.md</c>: one row each, then every setting of
/// each.</summary>
internal static class EffectTable
{
    /// <summary>The whole page, in Markdown, its lines ended as on the page.</summary>
    public static string Page(IReadOnlyList<LoadedEffect> effects)
    {
        var page = new StringBuilder();
        page.Append("# Effects\n\n");
        page.Append("Printed by `./r3x effects --markdown > docs/effects.md`. A test compares this page with the "
            + "effects that are there.\n\n");
        page.Append("| effect | name | role | settings and their defaults |\n|---|---|---|---|\n");
        foreach (LoadedEffect effect in effects)
        {
            string settings = string.Join(", ", effect.Parameters.Select(p => $"{p.Id} {ParameterRow.Of(p).Default}"));
            page.Append(CultureInfo.InvariantCulture, $"| [{effect.Description.Id}](#{effect.Description.Id}) | "
                + $"{effect.Description.Name} | {Listing.Word(effect.Description.Role)} | {settings} |\n");
        }

        foreach (LoadedEffect effect in effects)
            AddSettings(page, effect);
        return page.ToString();
    }

    private static void AddSettings(StringBuilder page, LoadedEffect effect)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {effect.Description.Id}\n\n");
        if (effect.Description.Help.Length > 0)
            page.Append(CultureInfo.InvariantCulture, $"{effect.Description.Help}\n\n");
        page.Append("| setting | from | to | default | what it does |\n|---|---|---|---|---|\n");
        foreach (Parameter p in effect.Parameters)
        {
            (string from, string to, string standard, string help) = ParameterRow.Of(p);
            string fixedness = p.IsStructural ? " Fixed while a line sounds." : "";
            page.Append(CultureInfo.InvariantCulture, $"| {p.Id} | {from} | {to} | {standard} | {help}{fixedness} |\n");
        }
    }
}
