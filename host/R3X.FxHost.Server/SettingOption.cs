using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Server;

/// <summary>A setting of <c>serve:</c> as an option of the command line, read by the same reader.</summary>
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

    /// <summary>The option.</summary>
    public Option<string[]> Option => _option ??= new Option<string[]>(Name)
    {
        Description = About, HelpName = Value, Arity = ArgumentArity.OneOrMore,
    };

    private bool IsList => Key is "origins" or "hosts";

    /// <summary>Applies what the command line gives it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="settings">What holds otherwise.</param>
    /// <param name="wrong">What is wrong with it.</param>
    public ServeSettings Apply(
        ParseResult parsed, ServeSettings settings, out IReadOnlyList<PresetDiagnostic> wrong)
    {
        List<PresetDiagnostic> all = [];
        string[] given = parsed.GetValue(Option) ?? [];
        IEnumerable<string> values = IsList && given.Length > 0 ? [$"[{string.Join(", ", given.Select(Quoted))}]"]
            : given.Select(text => IsGroup ? Entry(text) : text);
        foreach (string value in values)
        {
            settings = ServeSettingsReader.Set(
                Name, Key, value, settings, out IReadOnlyList<PresetDiagnostic> found);
            all.AddRange(found);
        }

        wrong = all;
        return settings;
    }

    // The last =, as names of voices may hold one.
    private static string Entry(string text)
    {
        int at = text.LastIndexOf('=');
        return at < 0 ? text : $"{{ {Quoted(text[..at])}: {Quoted(text[(at + 1)..])} }}";
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
