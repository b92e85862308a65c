using System.CommandLine;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;

namespace R3X.FxHost.Cli.PresetFiles;

/// <summary><c>r3x presets new</c>: begins a preset that extends another.</summary>
internal static class NewVerb
{
    public static Command Create(HostOptions host)
    {
        var verb = new Verb(
            "new",
            "Begins a preset that extends another: a file with every value in it as a note, ready to be changed.",
            "r3x presets new cheerful --from neutral",
            "r3x presets new cheerful                     # from the default preset");
        var name = new Argument<string>("NAME") { Description =
            "Its id, which is the file's name: letters, digits and hyphens.", HelpName = "NAME" };
        name.NoOptions();
        var from = new Option<string?>("--from") { Description = "The preset it extends.", HelpName = "PRESET" };
        from.CompletionSources.Add(_ => Suggestions.PresetIds());
        verb.Arguments.Add(name);
        verb.Options.Add(from);
        verb.Does(parsed =>
        {
            using FxHost fx = host.Open(parsed);
            string id = parsed.GetRequiredValue(name);
            NewPreset made = NewPreset.Create(fx.Presets, id, parsed.GetValue(from) ?? fx.Settings.Default);
            if (made.File is null)
                throw new UsageException(DiagnosticText.Format(made.Diagnostics));
            Console.Out.WriteLine(
                $"{made.File}\nChange it in an editor, or from here: r3x presets set {id} about \"...\"");
            return ExitCode.Done;
        });
        return verb;
    }
}
