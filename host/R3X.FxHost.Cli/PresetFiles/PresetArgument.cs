using System.CommandLine;
using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Cli.PresetFiles;

/// <summary>A preset that is named on the command line, and what becomes of one that cannot be used.</summary>
internal static class PresetArgument
{
    public static Argument<string> Create(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description, HelpName = name };
        argument.CompletionSources.Add(_ => Suggestions.PresetIds());
        argument.NoOptions();
        return argument;
    }

    /// <summary>The preset.</summary>
    /// <exception cref="UsageException">There is none, or it has mistakes.</exception>
    public static Preset Get(this FxHost fx, string idOrPath)
    {
        PresetReading reading = fx.Presets.Find(idOrPath);
        return reading is { HasErrors: false, Preset: { } preset }
            ? preset
            : throw new UsageException(
                DiagnosticText.Format(reading.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
    }
}
