using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets.Choosing;

/// <summary>Reads <c>use-when:</c> and <c>priority:</c> of a preset. It needs neither its parent nor any
/// effect.</summary>
internal sealed class UseWhenReader(DiagnosticBag diagnostics, bool isComplete)
{
    private const string Example = "\"- mood: excited\"";
    private static readonly string[] Names = ["mood", "cue", "words", "letters", "chance", "speaker"];
    public static readonly ValueRange Priority = new("priority", Quantity.Number, -1000, 1000, 0);

    private readonly ConditionReader _conditions = new(diagnostics);

    /// <summary>Reads both keys; complete only when there were no mistakes.</summary>
    public ChoiceRules Read(TopLevel top) => new(
        top.Find("use-when") is { } useWhen ? [.. ReadList(useWhen)] : [],
        ReadPriority(top));

    private int ReadPriority(TopLevel top)
    {
        if (top.Value(Priority) is not { } priority)
            return 0;
        if (priority % 1 != 0)
            diagnostics.Error(top.Find(Priority.Name)!.Value.Span, new Diagnostic("priority is a whole number.",
                Fix.Write(Priority.Print(double.Round(priority))), DiagnosticRule.Value));
        return (int)priority;
    }

    private List<UseWhenEntry> ReadList(YamlEntry useWhen)
    {
        List<UseWhenEntry> entries = [];
        switch (useWhen.Value)
        {
            case YamlSequence list:
                for (int i = 0; i < list.Items.Count; i++)
                {
                    if (ReadEntry(list.Items[i], i) is { } entry)
                        entries.Add(entry);
                }

                break;
            case YamlMapping { Entries.Count: 0 }:
            case YamlScalar { IsEmpty: true } when isComplete:
                diagnostics.Error(useWhen.Key.Span, "use-when has no entries.",
                    $"Write one below it, such as {Example}, or remove the line.");
                break;
            case YamlMapping mapping:
                YamlScalar first = mapping.Entries[0].Key;
                string start = mapping.Entries[0].Value is YamlScalar { IsEmpty: false } value
                    ? $"- {first.Text}: {value.Text}" : $"- {first.Text}:";
                diagnostics.Error(first.Span, "use-when is a list; each of its entries begins with a dash.",
                    $"Write {Diagnostic.Quote(start)}, and indent the conditions below it that belong to the same "
                    + $"entry by two spaces more.");
                break;
            case YamlScalar { IsEmpty: false } text:
                diagnostics.Error(
                    text.Span, $"use-when is a list of conditions; {Diagnostic.Quote(text.Text)} is a text.",
                    $"Write {Diagnostic.Quote("- mood: " + text.Text)} in the next line, indented by two spaces.");
                break;
        }

        return entries;
    }

    private UseWhenEntry? ReadEntry(YamlNode node, int index)
    {
        switch (node)
        {
            case YamlMapping { Entries.Count: > 0 } mapping:
                List<Condition> conditions = [];
                double? chance = null;
                foreach (YamlEntry entry in mapping.Entries)
                {
                    if (!Names.Contains(entry.Key.Text))
                        RefuseUnknown(entry.Key);
                    else if (entry.Value is YamlScalar { IsEmpty: true })
                        RefuseEmpty(entry.Key);
                    else if (entry.Key.Text == "chance")
                        chance = _conditions.ReadChance(entry);
                    else if (_conditions.Read(entry) is { } condition)
                        conditions.Add(condition);
                }

                return new UseWhenEntry(index, conditions, chance);
            case YamlMapping or YamlScalar { IsEmpty: true }:
                if (isComplete)
                    diagnostics.Error(node.Span, "This entry has no conditions.",
                        $"Write one behind the dash, such as {Example}, or remove the dash.");
                return null;
            case YamlScalar text when LineMistake.WithSpaceAfterColon(text.Text) is { } spaced:
                diagnostics.Error(text.Span, "No space stands behind the colon.", $"Write {Diagnostic.Quote(spaced)}.");
                return null;
            case YamlScalar text:
                string? word = Names.FirstOrDefault(
                    name => text.Text.StartsWith(name + " ", System.StringComparison.Ordinal));
                diagnostics.Error(
                    text.Span,
                    word is null ? $"{Diagnostic.Quote(text.Text)} does not say what it is compared with."
                        : $"No colon stands behind \"{word}\".",
                    "Write " + Diagnostic.Quote(
                        word is null ? "- mood: " + text.Text : $"- {word}:{text.Text[word.Length..]}") + ".");
                return null;
            case YamlSequence:
                diagnostics.Error(node.Span, "An entry is a group of conditions with names; a list stands here.",
                    $"Write {Example}, and the next condition of the same entry below \"mood\".");
                return null;
            default:
                return null;
        }
    }

    private void RefuseEmpty(YamlScalar name)
    {
        if (isComplete)
            diagnostics.Error(name.Span, $"{name.Text} has no value.",
                $"Write {ConditionReader.ExampleOf(name.Text)}, or remove the line.");
    }

    private void RefuseUnknown(YamlScalar name)
    {
        string? nearest = name.Text switch
        {
            "emotion" or "feeling" => "mood",
            "event" or "for" => "cue",
            "text" or "contains" or "says" => "words",
            "length" or "characters" => "letters",
            "probability" or "random" => "chance",
            "voice" or "character" => "speaker",
            _ => NearestName.Find(name.Text, Names),
        };
        string message = $"{Diagnostic.Quote(name.Text)} is not a condition of use-when.";
        if (name.Text == Priority.Name)
            diagnostics.Error(
                name.Span, message, "Write \"priority\" at the beginning of a line of its own, beside \"use-when\".");
        else
            diagnostics.Error(name.Span, new Diagnostic(
                message, Diagnostic.FixFor(nearest, "The conditions are", Names), DiagnosticRule.UnknownName));
    }
}
