using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace R3X.FxHost.Presets.Diagnostics;

/// <summary>What is wrong and what to do about it, before it is known where.</summary>
/// <param name="Rule">What kind of mistake it is; null leaves that to whoever says where it is.</param>
internal readonly record struct Diagnostic(string Message, Fix Fix, DiagnosticRule? Rule = null)
{
    private const int LongestQuote = 48;

    /// <summary>Text from a file, in quotes, on one line and of bearable length.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in UnseenCharacters.Shown(text.AsSpan(0, Math.Min(text.Length, LongestQuote))))
            quoted.Append(char.IsControl(c) ? ' ' : c);
        return quoted.Append(text.Length > LongestQuote ? "…\"" : "\"").ToString();
    }

    /// <summary>A fix that may be any of several: <c>Write "a", "b" or "c".</c></summary>
    /// <param name="ways">What may be written; at least one.</param>
    public static string FixOf(IReadOnlyList<string> ways)
    {
        var fix = new StringBuilder("Write ");
        for (int i = 0; i < ways.Count; i++)
            fix.Append(i == 0 ? "" : i == ways.Count - 1 ? " or " : ", ").Append('"').Append(ways[i]).Append('"');
        return fix.Append('.').ToString();
    }

    /// <summary>A fix that shows the right spelling where it can be guessed and then what there is to choose
    /// from.</summary>
    /// <param name="nearest">The likely spelling, or null.</param>
    /// <param name="owner">What owns the names, with its verb: <c>comb has</c>.</param>
    /// <param name="names">The names there are; at least one.</param>
    public static Fix FixFor(string? nearest, string owner, IEnumerable<string> names)
    {
        string list = $"{owner}: {string.Join(", ", names)}.";
        return nearest is null ? list : Fix.Write(nearest, $". {list}");
    }
}

/// <summary>What to do about a mistake.</summary>
/// <param name="Sentence">It in words.</param>
/// <param name="Replacement">What takes the place of the offending text; null where there is no one such
/// text.</param>
internal readonly record struct Fix(string Sentence, string? Replacement = null)
{
    /// <summary>A sentence alone.</summary>
    public static implicit operator Fix(string sentence) => new(sentence);

    /// <summary>Something to write in place of the offending text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="rest">How the sentence goes on behind it.</param>
    public static Fix Write(string text, string rest = ".") => new($"Write \"{text}\"{rest}", text);
}

/// <summary>Collects what is wrong with one text, all of it, up to a number nobody reads past.</summary>
internal sealed class DiagnosticBag(SourceText source)
{
    internal const int Most = 100;

    private readonly List<PresetDiagnostic> _found = [];
    private bool _more;

    public bool HasErrors { get; private set; }

    /// <summary>What kind of mistake diagnostics are that do not say.</summary>
    public DiagnosticRule Rule { get; set; } = DiagnosticRule.Structure;

    public void Error(SourceSpan at, string message, Fix fix) => Error(at, new Diagnostic(message, fix));

    public void Error(SourceSpan at, Diagnostic diagnostic) => Add(DiagnosticSeverity.Error, at, diagnostic);

    public void Warning(SourceSpan at, Diagnostic diagnostic) => Add(DiagnosticSeverity.Warning, at, diagnostic);

    public void Warning(SourceSpan at, string message, Fix fix) => Warning(at, new Diagnostic(message, fix));

    /// <summary>An error whose message quotes the text itself, so that its line need not be shown.</summary>
    public void ErrorWithoutLine(SourceSpan at, Diagnostic diagnostic) =>
        Add(DiagnosticSeverity.Error, at, diagnostic, showsLine: false);

    /// <summary>A collector that holds the same already.</summary>
    public DiagnosticBag Copy()
    {
        var copy = new DiagnosticBag(source) { _more = _more, HasErrors = HasErrors };
        copy._found.AddRange(_found);
        return copy;
    }

    /// <summary>What was found, in the order of the text.</summary>
    public IReadOnlyList<PresetDiagnostic> ToList()
    {
        List<PresetDiagnostic> list = [.. _found.OrderBy(d => d.Line).ThenBy(d => d.Column)];
        if (_more)
        {
            list.Add(new PresetDiagnostic(
                DiagnosticSeverity.Error, source.Name, 0, 0, 0, $"There are more than {Most} mistakes.",
                    "Correct these first; the rest follow.", null));
        }

        return list;
    }

    private void Add(DiagnosticSeverity severity, SourceSpan at, Diagnostic diagnostic, bool showsLine = true)
    {
        HasErrors |= severity == DiagnosticSeverity.Error;
        if (_found.Count == Most)
        {
            _more = true;
            return;
        }

        string line = source.Line(at.Line);
        _found.Add(new PresetDiagnostic(
            severity, source.Name, source.HasLines ? at.Line : 0, at.Column, int.Max(1, at.Length), diagnostic.Message,
                diagnostic.Fix.Sentence, showsLine && line.Length > 0 ? line : null)
        {
            Rule = diagnostic.Rule ?? Rule,
            Replacement = diagnostic.Fix.Replacement,
        });
    }
}
