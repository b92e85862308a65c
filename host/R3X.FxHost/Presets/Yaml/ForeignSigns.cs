using System;
using System.Collections.Generic;
using System.Globalization;

namespace R3X.FxHost.Presets.Yaml;

/// <summary>One stretch of a text that is read as something else.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Meant">What it is read as.</param>
internal readonly record struct ForeignSign(int Start, int Length, string Meant);

/// <summary>
/// Signs that people bring from elsewhere and that mean something else to YAML, or nothing: notes that begin with
/// <c>//</c>, bullets and long dashes in front of list items, full-width colons, blanks that are no spaces. Each kind is told
/// once; what was meant is read on. Texts in quotes, blocks of text and prose are left alone.
/// </summary>
internal sealed class ForeignSigns
{
    private const string Bullets = "•·‣◦▪●–—−‐‑‒―－*+";
    private const string Colons = "：∶﹕";
    private const string Commas = "，、﹐";
    private const string Hash = "＃";

    private readonly SourceText _source;
    private readonly List<ForeignSign> _found = [];
    private readonly List<(string Kind, SourceSpan At, Complaint Complaint)> _said = [];
    private bool _isComment;
    private char? _quote;
    private int? _textDepth;

    private ForeignSigns(SourceText source) => _source = source;

    /// <summary>Finds them all, in the order of the text.</summary>
    public static IReadOnlyList<ForeignSign> In(SourceText source) => Scan(source)._found;

    /// <summary>Says what there is of them.</summary>
    public static void Report(SourceText source, Mistakes mistakes)
    {
        List<(string Kind, SourceSpan At, Complaint Complaint)> said = Scan(source)._said;
        for (int i = 0; i < said.Count; i++)
        {
            if (said.FindIndex(other => other.Kind == said[i].Kind) != i)
                continue;
            int more = said.FindAll(other => other.Kind == said[i].Kind).Count - 1;
            string also = more == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" So it is in {more} more {(more == 1 ? "place" : "places")}.");
            mistakes.Error(said[i].At, said[i].Complaint with { Message = said[i].Complaint.Message + also });
        }
    }

    private static ForeignSigns Scan(SourceText source)
    {
        var signs = new ForeignSigns(source);
        for (int line = 1; line <= source.LineCount; line++)
            signs.ScanLine(source.StartOf(line), source.EndOf(line));
        return signs;
    }

    private void ScanLine(int start, int end)
    {
        ReadOnlySpan<char> text = _source.Text.AsSpan(start, end - start);
        int depth = OddCharacters.BlanksOf(text);
        int at = start + depth;
        if (_isComment)
        {
            EndComment(start, end);
            return;
        }

        if (depth == text.Length || text[depth] == '#')
            return;
        if (_quote is { } quote)
        {
            if (text.Contains(quote))
                _quote = null;
            return;
        }

        if (_textDepth is { } outer && depth > outer)
            return;
        _textDepth = null;
        if (TakeComment(at, end))
            return;
        at = TakeDashes(at, end);
        if (at == end || TakeComment(at, end))
            return;
        TakeEntry(at, end, depth);
    }

    // The dashes in front of a list item, and what stands for them.
    private int TakeDashes(int at, int end)
    {
        while (at + 1 < end && (_source.Text[at] == '-' || Bullets.Contains(_source.Text[at], StringComparison.Ordinal)) && char.IsWhiteSpace(_source.Text[at + 1]))
        {
            if (_source.Text[at] != '-')
            {
                string written = _source.Text[(at + 1)..end].Trim();
                Say("dash", at, 1, "-", $"A list item begins with \"-\"; \"{_source.Text[at]}\" stands here.", $"Write \"- {written}\".");
            }

            at = TakeBlanks(at + 1, end);
        }

        return at;
    }

    // A name, its colon and its value; or a text alone.
    private void TakeEntry(int at, int end, int depth)
    {
        int over = at;
        while (over < end && (char.IsAsciiLetterOrDigit(_source.Text[over]) || _source.Text[over] is '-' or '_' || UnseenCharacters.IsInvisible(_source.Text[over])))
            over++;
        string name = UnseenCharacters.Without(_source.Text[at..over], out _);
        int colon = over;
        while (colon < end && char.IsWhiteSpace(_source.Text[colon]))
            colon++;
        bool isForeign = colon < end && Colons.Contains(_source.Text[colon], StringComparison.Ordinal);
        bool isEntry = name.Length > 0 && colon < end && (isForeign || (_source.Text[colon] == ':' && (colon + 1 == end || char.IsWhiteSpace(_source.Text[colon + 1]))));
        if (!isEntry)
        {
            if (name.Length > 0 && colon < end && IsSettings(colon, end))
                Say("brace", over, 0, ": ", $"No colon stands behind \"{name}\".", $"Write \"{name}: {_source.Text[colon..end].Trim()}\".");
            TakeValue(at, end, depth, isProse: colon < end && name.Length > 0 && !IsCommentAt(colon, end));
            return;
        }

        TakeInvisible(at, over);
        TakeBlanks(over, colon);
        if (isForeign)
        {
            string value = _source.Text[(colon + 1)..end].Trim();
            Say("colon", colon, 1, ": ", $"A full-width colon (U+{(int)_source.Text[colon]:X4}) stands here, which divides nothing.", $"Write \"{name}:{(value.Length > 0 ? " " + value : "")}\".");
        }

        int from = TakeBlanks(colon + 1, end);
        if (from < end)
            TakeValue(from, end, depth, isProse: name is "name" or "about");
    }

    // "{ mix: 35% }" to the end of the line.
    private bool IsSettings(int at, int end)
    {
        ReadOnlySpan<char> text = _source.Text.AsSpan(at, end - at).TrimEnd();
        return text[0] == '{' && text[^1] == '}' && text.Contains(": ", StringComparison.Ordinal);
    }

    private void TakeValue(int from, int end, int depth, bool isProse)
    {
        string text = _source.Text;
        if (text[from] is '|' or '>')
        {
            _textDepth = depth;
        }
        else if (text[from] is '"' or '\'')
        {
            int close = text.IndexOf(text[from], from + 1, end - from - 1);
            if (close < 0)
                _quote = text[from];
            else
                FindComment(close + 1, end);
        }
        else if (text[from] is '{' or '[')
        {
            TakeCommas(from, end);
            FindComment(Math.Max(from, text.LastIndexOfAny(['}', ']'], end - 1, end - from)), end);
        }
        else if (isProse)
        {
            _textDepth = depth;
        }
        else
        {
            FindComment(from, end);
        }
    }

    private void TakeCommas(int from, int end)
    {
        if (_source.Text.AsSpan(from, end - from).ContainsAny('"', '\''))
            return;
        for (int i = from; i < end; i++)
        {
            if (Commas.Contains(_source.Text[i], StringComparison.Ordinal))
                Say("comma", i, 1, ", ", $"A full-width comma (U+{(int)_source.Text[i]:X4}) stands here, which divides nothing.", "Write \",\".");
            else if (Colons.Contains(_source.Text[i], StringComparison.Ordinal))
                Say("colon", i, 1, ": ", $"A full-width colon (U+{(int)_source.Text[i]:X4}) stands here, which divides nothing.", "Write \":\".");
        }
    }

    private void FindComment(int from, int end)
    {
        for (int i = from; i < end; i++)
        {
            if (_source.Text[i] == '#' && i > from && char.IsWhiteSpace(_source.Text[i - 1]))
                return;
            if ((i == from || char.IsWhiteSpace(_source.Text[i - 1])) && TakeComment(i, end))
                return;
        }
    }

    private bool IsCommentAt(int at, int end) =>
        (at + 1 < end && _source.Text[at] == '/' && _source.Text[at + 1] is '/' or '*') || Hash.Contains(_source.Text[at], StringComparison.Ordinal);

    // A note of another language, to the end of its line or to where it is closed.
    private bool TakeComment(int at, int end)
    {
        if (!IsCommentAt(at, end))
            return false;
        bool isBlock = _source.Text[at + (at + 1 < end ? 1 : 0)] == '*' && _source.Text[at] == '/';
        string sign = isBlock ? "/*" : _source.Text[at] == '/' ? "//" : Hash;
        int close = isBlock ? _source.Text.IndexOf("*/", at + 2, end - at - 2, StringComparison.Ordinal) : -1;
        int over = close >= 0 ? close + 2 : end;
        string note = _source.Text[(at + sign.Length)..(close >= 0 ? close : end)].Trim();
        string every = isBlock && close < 0 ? ", and \"#\" in front of each line that belongs to it" : "";
        Say("note", at, over - at, " ", $"Notes begin with \"#\"; \"{sign}\" stands here.", $"Write \"# {note}\"{every}.");
        _isComment = isBlock && close < 0;
        return over == end;
    }

    private void EndComment(int start, int end)
    {
        int close = _source.Text.IndexOf("*/", start, end - start, StringComparison.Ordinal);
        int over = close < 0 ? end : close + 2;
        _isComment = close < 0;
        _found.Add(new ForeignSign(start, over - start, " "));
    }

    private int TakeBlanks(int at, int end)
    {
        while (at < end && (char.IsWhiteSpace(_source.Text[at]) || UnseenCharacters.IsInvisible(_source.Text[at])))
        {
            char c = _source.Text[at];
            if (UnseenCharacters.IsOddBlank(c))
                Say("blank", at, 1, " ", $"This is {UnseenCharacters.NameOf(c)}; only plain spaces count.", "Type a plain space in its place.");
            else if (UnseenCharacters.IsInvisible(c))
                TakeInvisible(at, at + 1);
            at++;
        }

        return at;
    }

    private void TakeInvisible(int from, int end)
    {
        for (int i = from; i < end; i++)
        {
            if (UnseenCharacters.IsInvisible(_source.Text[i]))
                Say("invisible", i, 1, "", $"Here stands {UnseenCharacters.NameOf(_source.Text[i])}, which cannot be seen.", "Delete it.");
        }
    }

    private void Say(string kind, int at, int length, string meant, string message, string fix)
    {
        _found.Add(new ForeignSign(at, length, meant));
        _said.Add((kind, _source.SpanAt(at, length), new Complaint(message, fix)));
    }
}
