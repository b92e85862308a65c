using System;
using System.Collections.Generic;

namespace R3X.FxHost.Cli.Players;

/// <summary>
/// A command line as getopt_long reads it: options and files in any order, letters in one word (<c>-qc1</c>), values
/// behind <c>=</c> or in the next word, <c>--</c> in front of nothing but files.
/// </summary>
/// <param name="known">The options: <c>r,rate:</c> is <c>-r</c> and <c>--rate</c> with a value, <c>raw</c> is
/// <c>--raw</c> without one, <c>file-format?</c> has one behind <c>=</c> or none.</param>
internal sealed class GetoptOptions(params string[] known)
{
    private readonly List<string> _files = [];

    /// <summary>The options that were given, by their long names; the last value counts.</summary>
    public Dictionary<string, string> Values { get; } = [];

    /// <summary>What is no option.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Reads the words.</summary>
    /// <returns>Whether all are understood.</returns>
    public bool TryRead(string[] arguments)
    {
        for (int at = 0; at < arguments.Length; at++)
        {
            string word = arguments[at];
            if (word == "--")
            {
                _files.AddRange(arguments[(at + 1)..]);
                return true;
            }

            bool isRead = word.StartsWith("--", StringComparison.Ordinal) ? Long(word[2..], arguments, ref at)
                : word.Length > 1 && word[0] == '-' ? Letters(word[1..], arguments, ref at)
                : File(word);
            if (!isRead)
                return false;
        }

        return true;
    }

    private bool File(string word)
    {
        _files.Add(word);
        return true;
    }

    private bool Long(string word, string[] arguments, ref int at)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        string? value = equals < 0 ? null : word[(equals + 1)..];
        if (Find(option => LongName(option) == name) is not { } option)
            return false;
        if (option[^1] == ':' && value is null)
        {
            if (++at >= arguments.Length)
                return false;
            value = arguments[at];
        }

        Values[name] = value ?? "";
        return true;
    }

    private bool Letters(string letters, string[] arguments, ref int at)
    {
        for (int i = 0; i < letters.Length; i++)
        {
            char letter = letters[i];
            if (Find(option => option.Length > 1 && option[1] == ',' && option[0] == letter) is not { } option)
                return false;
            string value = "";
            if (option[^1] == ':')
            {
                value = letters[(i + 1)..];
                if (value.Length == 0 && ++at >= arguments.Length)
                    return false;
                if (value.Length == 0)
                    value = arguments[at];
                i = letters.Length;
            }

            Values[LongName(option)] = value;
        }

        return true;
    }

    private string? Find(Predicate<string> isIt) => Array.Find(known, isIt);

    private static string LongName(string option) =>
        option[(option.IndexOf(',', StringComparison.Ordinal) + 1)..].TrimEnd(':', '?');
}
