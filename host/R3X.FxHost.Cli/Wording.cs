using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Diagnostics;

namespace R3X.FxHost.Cli;

/// <summary>What the command says of words it cannot use. Every message names the word and what to write
/// instead.</summary>
internal static class Wording
{
    /// <summary>All that is wrong with a command line, a sentence each.</summary>
    public static string[] Mistakes(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        // Where the verb itself is wrong, nothing behind it can be judged.
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count > 0 && !IsOption(parsed.UnmatchedTokens[0]))
            return [NoVerb(command, parsed.UnmatchedTokens[0])];
        if (parsed.UnmatchedTokens.FirstOrDefault(IsOption) is { } option)
            return [NoOption(parsed.CommandResult, option)];
        return [.. parsed.Errors.Select(error => error.Message.ReplaceLineEndings(" ")).Distinct()];
    }

    /// <summary>The verb as it is typed, with the verbs it belongs to.</summary>
    public static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : "r3x";

    /// <summary>A mistyped option is not a file; one that is called so can be named after <c>--</c>.</summary>
    public static void NoOptions(this Argument argument) => argument.Validators.Add(result =>
    {
        if (result.GetResult(argument) is { } words
            && words.Tokens.FirstOrDefault(token => IsOption(token.Value)) is { } option
            && result.Parent is CommandResult command
            && !StandsBehindDashes(option.Value))
        {
            result.AddError(NoOption(command, option.Value));
        }
    });

    /// <summary>One of a few words.</summary>
    public static void Choices(this Argument argument, params string[] words)
    {
        argument.Validators.Add(result => CheckChoice(result, argument.Name, words));
        argument.CompletionSources.Add(words);
    }

    /// <inheritdoc cref="Choices(Argument, string[])"/>
    public static void Choices(this Option option, params string[] words)
    {
        option.Validators.Add(result => CheckChoice(result, option.Name, words));
        option.CompletionSources.Add(words);
    }

    /// <summary>The gains a line began with, as its report names them.</summary>
    public static StartingGains? Gains(ArgumentResult result)
    {
        if (StartingGains.TryParse(result.Tokens[0].Value, null, out StartingGains? gains))
            return gains;
        result.AddError($"{OptionOf(result)} takes the gains that --report printed, such as +3.25,-1.4; "
            + $"\"{result.Tokens[0].Value}\" are none.");
        return null;
    }

    /// <summary>A number with a point, whatever the machine's language.</summary>
    public static double? Number(ArgumentResult result)
    {
        if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number))
            return number;
        result.AddError($"{OptionOf(result)} takes a number, such as -6; \"{result.Tokens[0].Value}\" is none.");
        return null;
    }

    /// <summary>A whole number from 0 on.</summary>
    public static ulong? WholeNumber(ArgumentResult result)
    {
        if (ulong.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
            return number;
        result.AddError($"{OptionOf(result)} takes a whole number from 0 to {ulong.MaxValue}; "
            + $"\"{result.Tokens[0].Value}\" is none.");
        return null;
    }

    private static void CheckChoice(SymbolResult result, string name, string[] words)
    {
        string list = words.Length == 1 ? words[0] : string.Join(", ", words[..^1]) + " or " + words[^1];
        string isNone = words.Length == 1 ? "is another" : "is none of them";
        foreach (Token token in result.Tokens.Where(token => !words.Contains(token.Value)))
            result.AddError($"{name} takes {list}; \"{token.Value}\" {isNone}.");
    }

    private static string NoVerb(Command command, string word)
    {
        string[] verbs = [.. command.Subcommands.Select(verb => verb.Name)];
        return $"There is no "
            + $"verb \"{word}\"{(command is RootCommand ? "" : $" of {command.Name}")}.{Meant(word, verbs)} There are: "
            + $"{string.Join(", ", verbs)}.";
    }

    private static string NoOption(CommandResult command, string word)
    {
        string bare = word.Split('=')[0];
        string[] options = [.. command.Command.Options.Concat(
            command.Parent is CommandResult parent ? parent.Command.Options.Where(option => option.Recursive) : [])
            .Where(option => !option.Hidden).Select(option => option.Name).Distinct()];
        string file = command.Command.Arguments.Count > 0 ? " A file of that name is written behind --." : "";
        return $"There is no option \"{bare}\".{Meant(bare, options)}{file}";
    }

    private static string Meant(string word, string[] names) =>
        NearestName.Find(word, names) is { } nearest ? $" Did you mean \"{nearest}\"?" : "";

    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-';

    private static string OptionOf(ArgumentResult result) =>
        (result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name;

    private static bool StandsBehindDashes(string word)
    {
        string[] line = Environment.GetCommandLineArgs();
        int dashes = Array.IndexOf(line, "--");
        return dashes > 0 && Array.LastIndexOf(line, word) > dashes;
    }
}
