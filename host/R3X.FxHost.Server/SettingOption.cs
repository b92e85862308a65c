using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;

namespace R3X.FxHost.Server;

/// <summary>A setting of <c>serve:</c> as an option of the command line and as a variable of the environment.</summary>
/// <param name="Key">The setting's key in host.yaml.</param>
/// <param name="Value">What help calls its value.</param>
/// <param name="About">What it is for.</param>
internal sealed record SettingOption(string Key, string Value, string About)
{
    private Option<string[]>? _option;

    /// <summary>The option's name.</summary>
    public string Name { get; init; } = "--" + Key;

    /// <summary>Whether its values are <c>NAME=VALUE</c>, entries of a group.</summary>
    public bool IsGroup { get; init; }

    /// <summary>Whether it may be given several values.</summary>
    public bool IsMany => IsGroup || IsList;

    /// <summary>The option.</summary>
    public Option<string[]> Option => _option ??= new Option<string[]>(Name)
    {
        Description = About, HelpName = Value, Arity = ArgumentArity.OneOrMore,
    };

    private bool IsList => Key is "origins" or "hosts";

    /// <summary>What was given as host.yaml would have it behind the setting's colon, one after the other.</summary>
    /// <param name="given">What was given.</param>
    public IEnumerable<string> Written(IReadOnlyCollection<string> given) => IsList
        ? given.Count > 0 ? [$"[{string.Join(", ", given.Select(static text => Quoted(text.Trim())))}]"] : []
        : given.Select(text => IsGroup ? Entry(text.Trim()) : text);

    // The last =, as names of voices may hold one.
    private static string Entry(string text)
    {
        int at = text.LastIndexOf('=');
        return at < 0 ? text : $"{{ {Quoted(text[..at])}: {Quoted(text[(at + 1)..])} }}";
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
