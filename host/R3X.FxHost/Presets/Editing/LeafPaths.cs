using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Editing;

/// <summary>A tree as the list of its values, each with the way there; steps are found by their names, wherever in the
/// list.</summary>
internal static class LeafPaths
{
    private const char Separator = '\u001F';

    /// <summary>The way to a value.</summary>
    public static string PathOf(params IEnumerable<string> names) => string.Join(Separator, names);

    /// <summary>Whether two trees are the same but for one value, or for one part.</summary>
    public static bool DifferOnlyAt(string path, bool takesAll, YamlMapping before, YamlMapping after)
    {
        bool IsOther((string Path, string Text) leaf) =>
            leaf.Path != path
            && !path.StartsWith(leaf.Path + Separator, StringComparison.Ordinal)
            && !(takesAll && leaf.Path.StartsWith(path + Separator, StringComparison.Ordinal));
        return Of(before, "").Where(IsOther).SequenceEqual(Of(after, "").Where(IsOther));
    }

    /// <summary>Whether two trees are the same but for one step, and for what other steps say of their place.</summary>
    public static bool DifferOnlyAtStep(string section, string step, YamlMapping before, YamlMapping after)
    {
        string path = PathOf(section, step);
        string ofAdded = "add" + Separator;
        bool IsOther((string Path, string Text) leaf) =>
            leaf.Path != path
            && !path.StartsWith(leaf.Path + Separator, StringComparison.Ordinal)
            && !leaf.Path.StartsWith(path + Separator, StringComparison.Ordinal)
            && !(leaf.Path.StartsWith(ofAdded, StringComparison.Ordinal)
                && leaf.Path.Split(Separator)[^1] is "before" or "after");
        return Of(before, "").Where(IsOther).SequenceEqual(Of(after, "").Where(IsOther));
    }

    /// <summary>The text of a value; null when there is none.</summary>
    public static string? TextAt(YamlMapping tree, string path) =>
        Of(tree, "").Where(leaf => leaf.Path == path).Select(leaf => leaf.Text).FirstOrDefault();

    /// <summary>The names that stand right below a path.</summary>
    public static IEnumerable<string> NamesAt(YamlMapping tree, string path) => Of(tree, "")
        .Where(leaf => leaf.Path.StartsWith(path + Separator, StringComparison.Ordinal))
        .Select(leaf => leaf.Path[(path.Length + 1)..].Split(Separator)[0]);

    private static IEnumerable<(string Path, string Text)> Of(YamlNode node, string path) => node switch
    {
        YamlMapping { Entries.Count: > 0 } mapping =>
            mapping.Entries.SelectMany(entry => Of(entry.Value, Below(path, entry.Key.Text))),
        YamlSequence { Items.Count: > 0 } list => list.Items.SelectMany((item, i) => OfItem(item, path, i)),
        YamlScalar scalar => [(path, scalar.Text)],
        _ => [(path, "")],
    };

    private static IEnumerable<(string Path, string Text)> OfItem(YamlNode item, string path, int index) =>
        WrittenStep.Sections.Contains(path)
            ? item is YamlScalar name ? [(Below(path, name.Text), "")] : Of(item, path)
            : Of(item, Below(path, index.ToString(CultureInfo.InvariantCulture)));

    private static string Below(string path, string name) => path.Length == 0 ? name : path + Separator + name;
}
