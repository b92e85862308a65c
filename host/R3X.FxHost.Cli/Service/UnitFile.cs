using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace R3X.FxHost.Cli.Service;

/// <summary>What a unit of systemd says under <c>[Service]</c>, its drop-ins included.</summary>
internal sealed class UnitFile
{
    /// <summary>The unit's usual name.</summary>
    public const string Name = "r3x.service";

    private static readonly string[] Folders =
        ["/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system"];

    private readonly List<(string Key, string Value)> _lines = [];

    private UnitFile(string path) => Path = path;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The variables that <c>Environment=</c> and <c>EnvironmentFile=</c> set.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Where systemd would find it; null where it is not installed.</summary>
    public static string? Find() =>
        Folders.Select(static folder => System.IO.Path.Combine(folder, Name)).FirstOrDefault(File.Exists);

    /// <summary>Reads a unit, and after it its drop-ins.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static UnitFile Read(string path)
    {
        var unit = new UnitFile(System.IO.Path.GetFullPath(path));
        unit.ReadLines(unit.Path);
        IEnumerable<string> dropIns = Folders.Select(static folder => System.IO.Path.Combine(folder, Name + ".d"));
        foreach (string folder in dropIns.Append(unit.Path + ".d").Distinct().Where(Directory.Exists))
        {
            foreach (string dropIn in Directory.GetFiles(folder, "*.conf").Order(StringComparer.Ordinal))
                unit.ReadLines(dropIn);
        }

        unit.ReadEnvironment();
        return unit;
    }

    /// <summary>What a key says last; null where it says nothing.</summary>
    public string? Text(string key) => All(key) is [.., string last] ? last : null;

    /// <summary>Whether a key says yes.</summary>
    public bool Is(string key) => Text(key) is "yes" or "true" or "on" or "1";

    /// <summary>Everything a key says; an empty value forgets what was said before.</summary>
    public IReadOnlyList<string> All(string key)
    {
        List<string> said = [];
        foreach ((string _, string value) in _lines.Where(line => line.Key == key))
        {
            if (value.Length == 0)
                said.Clear();
            else
                said.Add(value);
        }

        return said;
    }

    /// <summary>A time in seconds; null where the key says none that can be read.</summary>
    public double? Seconds(string key)
    {
        string text = (Text(key) ?? "").Replace(" ", "", StringComparison.Ordinal);
        (string number, double unit) = text switch
        {
            _ when text.EndsWith("min", StringComparison.Ordinal) => (text[..^3], 60),
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 0.001),
            _ when text.EndsWith('s') => (text[..^1], 1),
            _ => (text, 1.0),
        };
        return double.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out double value)
            ? value * unit : null;
    }

    private void ReadLines(string path)
    {
        string section = "";
        string begun = "";
        foreach (string raw in File.ReadLines(path))
        {
            string line = begun + raw.Trim();
            begun = "";
            if (line.Length == 0 || line[0] is '#' or ';')
                continue;
            if (line[^1] == '\\')
                begun = line[..^1] + " ";
            else if (line[0] == '[')
                section = line;
            else if (section == "[Service]" && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                _lines.Add((line[..at].Trim(), line[(at + 1)..].Trim()));
        }
    }

    private void ReadEnvironment()
    {
        foreach (string assignment in All("Environment").SelectMany(Words))
            Assign(assignment);
        foreach (string file in All("EnvironmentFile").Select(static file => file.TrimStart('-')).Where(File.Exists))
        {
            foreach (string line in File.ReadLines(file).Select(static line => line.Trim()))
            {
                if (line.Length > 0 && line[0] is not ('#' or ';'))
                    Assign(line);
            }
        }
    }

    private void Assign(string text)
    {
        int at = text.IndexOf('=', StringComparison.Ordinal);
        if (at > 0)
        {
            string value = text[(at + 1)..].Trim('"', '\'');
            Environment[text[..at]] = value.Replace("%S", "/var/lib", StringComparison.Ordinal);
        }
    }

    /// <summary>The words of a line, quoted ones whole.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var word = new System.Text.StringBuilder();
        char quote = '\0';
        foreach (char c in text + " ")
        {
            if (quote == '\0' && c is '"' or '\'')
                quote = c;
            else if (c == quote)
                quote = '\0';
            else if (c != ' ' || quote != '\0')
                word.Append(c);
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }
}
