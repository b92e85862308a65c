using System.Collections.Generic;
using System.Globalization;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Yaml;

/// <summary>Collects the entries of one mapping; a name that stands twice is complained about and kept.</summary>
internal sealed class YamlEntries(List<SyntaxMistake> diagnostics)
{
    private readonly List<YamlEntry> _entries = [];
    private readonly Dictionary<string, YamlScalar> _seen = [];

    public void Add(YamlNode key, YamlNode value)
    {
        if (key is YamlScalar name)
        {
            _entries.Add(new YamlEntry(name, value));
            if (_seen.TryAdd(name.Text, name))
                return;
            string message = string.Create(CultureInfo.InvariantCulture, $"{Diagnostic.Quote(name.Text)} stands here twice; the first is in line {_seen[name.Text].Span.Line}.");
            diagnostics.Add(new SyntaxMistake(name.Span, new Diagnostic(message, "Remove one of the two.")));
        }
        else if (key is not YamlBroken)
        {
            diagnostics.Add(new SyntaxMistake(key.Span, new Diagnostic("A name in front of a colon must be plain words.", "Take the brackets away.")));
        }
    }

    public IReadOnlyList<YamlEntry> ToList() => _entries;
}
