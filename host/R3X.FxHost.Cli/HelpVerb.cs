using System.CommandLine;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x help</c> and <c>r3x help VERB</c>: what --help says, for those who write it in front.</summary>
internal static class HelpVerb
{
    public const string Name = "help";

    public static Command Create()
    {
        var verb = new Verb(
            Name,
            "Says what there is, or how a verb is used.",
            "r3x help",
            "r3x help render          # as r3x render --help",
            "r3x help presets show");
        var words = new Argument<string[]>("VERB") { Description = "A verb, and a verb of that.", HelpName = "VERB" };
        words.NoOptions();
        verb.Arguments.Add(words);
        verb.Does(parsed => R3xCommand.Run(Asked(parsed.GetValue(words) ?? [])));
        return verb;
    }

    // A word that is no verb is wrong with --help behind it, too, but only without it is that said.
    private static string[] Asked(string[] words) => R3xCommand.IsVerb(words) ? [.. words, "--help"] : words;
}
