using System.Globalization;
using System.Text;
using R3X.FxHost.Presets.Schema;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets.Editing;

/// <summary>The text a new preset begins with: it extends another, and has all that could be changed in it as
/// notes.</summary>
internal static class NewPresetText
{
    private const int NoteColumn = 34;

    /// <summary>The text. Without the two characters in front of its notes it is a preset as well, and sounds the
    /// same.</summary>
    public static string Of(Preset parent, string id)
    {
        var text = new StringBuilder();
        text.Append(string.Create(CultureInfo.InvariantCulture, $"""
            # yaml-language-server: $schema={PresetSchema.FileName}
            preset: 1
            name: {NameFrom(id)}
            about: Say here what it is for.
            extends: {parent.Id}

            # Everything that is not written here is as in {parent.Id}.yaml.
            # The lines below show its values. To change one, take the "# " away in front of it, in front of its
            # step and in front of "change:"; or leave that to: r3x presets set {id} STEP.SETTING VALUE
            # "STEP: bypass" switches a step off. Steps of your own go below "add:".


            """).ReplaceLineEndings("\n"));
        text.Append("# change:\n");
        foreach (PresetStep step in parent.Steps)
            Append(text, step);
        return text.ToString();
    }

    private static void Append(StringBuilder text, PresetStep step)
    {
        if (step.IsBypassed || step.Slot.Parameters.Count == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"#   {step.Name}: {(step.IsBypassed ? "bypass" : "on")}\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"#   {step.Name}:\n");
        Parameter? explained = null;
        foreach (StepSetting setting in step.Settings())
        {
            // Points of a curve are explained once.
            string line = $"#     {setting.Name}: {setting.Value}";
            Parameter parameter = setting.Parameter;
            string note = parameter == explained ? "" : $" # {ValueText.FormatRange(parameter)}. {parameter.Help}";
            text.Append(note.Length > 0 ? line.PadRight(NoteColumn) : line).Append(note).Append('\n');
            explained = parameter;
        }
    }

    /// <summary>The name that people read, from an id.</summary>
    public static string NameFrom(string id)
    {
        string words = id.Replace('-', ' ').Trim();
        string name = char.ToUpperInvariant(words[0]) + words[1..];
        return char.IsAsciiLetter(name[0]) ? name : $"\"{name}\"";
    }
}
