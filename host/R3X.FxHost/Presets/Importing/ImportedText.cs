using System.Globalization;
using System.Linq;
using System.Text;
using R3X.FxHost.Presets.Editing;

namespace R3X.FxHost.Presets.Importing;

/// <summary>The text of an imported preset.</summary>
internal static class ImportedText
{
    public static string Of(string name, string fileName, OldSteps steps)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"preset: 1\nname: {Spelled(name)}\nabout: Imported from {Path(fileName)}.\n\nchain:\n");
        for (int i = 0; i < steps.Steps.Count; i++)
        {
            (string effect, var settings) = steps.Steps[i];
            if (effect == OldSection.All[OldSection.Limiter].Effect)
                text.Append("  # Last, so that nothing behind it goes over its ceiling; the earlier program ran it "
                    + "first, and clipped.\n");
            text.Append(CultureInfo.InvariantCulture, $"  - {effect}{(settings.Count > 0 ? ":" : "")}\n");
            foreach ((string setting, string value) in settings)
                text.Append(CultureInfo.InvariantCulture, $"      {setting}: {value}\n");
            if (i < steps.Steps.Count - 1)
                text.Append('\n');
        }

        if (steps.LeftOut.Count > 0)
            text.Append("\n# Not imported, as nothing here corresponds to it:\n");
        foreach (string left in steps.LeftOut)
            text.Append(CultureInfo.InvariantCulture, $"#   {left}\n");
        return text.ToString();
    }

    private static string Spelled(string name) =>
        name == NewPreset.IdFrom(name) ? NewPresetText.NameFrom(name)
        : name.All(c => char.IsAsciiLetterOrDigit(c) || c == ' ') ? ScalarSpelling.Of(name, null, isProse: true).First()
        : ScalarSpelling.Of(name, null, isProse: true).Last();

    // The file's name as a plain part of a sentence, whatever it is called.
    private static string Path(string fileName)
    {
        var plain = new StringBuilder();
        foreach (char c in fileName)
            plain.Append(char.IsLetterOrDigit(c) || c is '.' or '_' or '-' ? c : ' ');
        return plain.ToString().Trim();
    }
}
