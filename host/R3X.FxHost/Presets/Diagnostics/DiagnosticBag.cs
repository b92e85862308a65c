using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Presets.Diagnostics;

/// <summary>Collects what is wrong with one text, all of it, up to a number nobody reads past.</summary>
internal sealed class DiagnosticBag(SourceText source)
{
    internal const int Most = 100;

    private readonly List<PresetDiagnostic> _found = [];
    private bool _more;

    public bool HasErrors { get; private set; }

    /// <summary>What kind of mistake diagnostics are that do not say.</summary>
    public DiagnosticRule Rule { get; set; } = DiagnosticRule.Structure;

    public void Error(SourceSpan at, string message, string fix) => Error(at, new Diagnostic(message, fix));

    public void Error(SourceSpan at, Diagnostic diagnostic) => Add(DiagnosticSeverity.Error, at, diagnostic);

    public void Warning(SourceSpan at, Diagnostic diagnostic) => Add(DiagnosticSeverity.Warning, at, diagnostic);

    public void Warning(SourceSpan at, string message, string fix) => Warning(at, new Diagnostic(message, fix));

    /// <summary>An error whose message quotes the text itself, so that its line need not be shown.</summary>
    public void ErrorWithoutLine(SourceSpan at, Diagnostic diagnostic) => Add(DiagnosticSeverity.Error, at, diagnostic, showsLine: false);

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
                DiagnosticSeverity.Error, source.Name, 0, 0, 0, $"There are more than {Most} mistakes.", "Correct these first; the rest follow.", null));
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
            severity, source.Name, source.HasLines ? at.Line : 0, at.Column, int.Max(1, at.Length), diagnostic.Message, diagnostic.Fix, showsLine && line.Length > 0 ? line : null)
        {
            Rule = diagnostic.Rule ?? Rule,
        });
    }
}
