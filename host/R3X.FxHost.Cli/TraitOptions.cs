using System.CommandLine;

namespace R3X.FxHost.Cli;

/// <summary>The options that say what a line is, for presets to be chosen by.</summary>
internal sealed class TraitOptions
{
    private readonly Option<string?> _mood =
        new("--mood") { Description = "The mood the line is spoken in, such as excited.", HelpName = "MOOD" };
    private readonly Option<string?> _cue = new("--cue") { Description = "What the line is for, such as greeting.",
        HelpName = "CUE" };
    private readonly Option<string?> _text = new("--text") { Description = "The words that are spoken.",
        HelpName = "TEXT" };
    private readonly Option<string?> _speaker = new("--speaker") { Description = "Whose voice it is.",
        HelpName = "NAME" };

    public TraitOptions(Command verb)
    {
        verb.Options.Add(_mood);
        verb.Options.Add(_cue);
        verb.Options.Add(_text);
        verb.Options.Add(_speaker);
    }

    /// <summary>A selection with what the options say.</summary>
    public SpeechSelection Of(ParseResult parsed, SpeechSelection selection) => selection with
    {
        Mood = parsed.GetValue(_mood),
        Cue = parsed.GetValue(_cue),
        Text = parsed.GetValue(_text),
        Speaker = parsed.GetValue(_speaker),
    };
}
