using System;
using System.Collections.Generic;
using System.Globalization;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Yaml;

/// <summary>One stretch of a text that is read as something else.</summary>
internal readonly record struct ForeignSign(int Start, int Length, string Meant);

/// <summary>
/// Signs that people bring from elsewhere and that mean something else to YAML, or nothing: notes that begin with
/// <c>//</c>, bullets and long dashes in front of list items, full-width colons, blanks that are no spaces. Each kind
/// is told once; what was meant is read on. Texts in quotes, blocks of text and prose are left alone.
/// </summary>
internal sealed class ForeignSigns
{
    private const string Bullets = "•·‣◦▪●–—−‐‑‒―－*+";
    private const string Colons = "：∶﹕";
    private const string Commas = "，、﹐";
    private const string Hash = "＃";

    private readonly SourceText _source;
    private readonly List<ForeignSign> _found = [];
    private readonly List<(string Kind, SourceSpan At, Diagnostic Diagnostic)> _said = [];
    private bool _isComment;
    private char? _quote;
    private int? _textDepth;

    private ForeignSigns(SourceText source) => _source = source;

    /// <summary>Finds them all, in the order of the text.</summary>
    public static IReadOnlyList<ForeignSign> In(SourceText source) => Scan(source)._found;

    public static void Report(SourceText source, DiagnosticBag diagnostics)
    {
        List<(string Kind, SourceSpan At, Diagnostic Diagnostic)> said = Scan(source)._said;
        for (int i = 0; i < said.Count; i++)
        {
            if (said.FindIndex(other => other.Kind == said[i].Kind) != i)
                continue;
            int more = said.FindAll(other => other.Kind == said[i].Kind).Count - 1;
            string places = more == 1 ? "place" : "places";
            string also = more == 0 ? ""
                : string.Create(CultureInfo.InvariantCulture, $" So it is in {more} more {places}.");
            diagnostics.Error(said[i].At, said[i].Diagnostic with { Message = said[i].Diagnostic.Message + also });
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
        string text = _source.Text;
        while (at + 1 < end && (text[at] == '-' || Is(Bullets, text[at])) && char.IsWhiteSpace(text[at + 1]))
        {
            if (text[at] != '-')
            {
                string written = text[(at + 1)..end].Trim();
                string message = $"A list item begins with \"-\"; \"{text[at]}\" stands here.";
                Say("dash", at, 1, "-", message, new Fix($"Write \"- {written}\".", "-"));
            }

            at = TakeBlanks(at + 1, end);
        }

        return at;
    }

    // A name, its colon and its value; or a text alone.
    private void TakeEntry(int at, int end, int depth)
    {
        string text = _source.Text;
        int over = at;
        while (over < end && IsOfName(text[over]))
            over++;
        string name = UnseenCharacters.Without(text[at..over], out _);
        int colon = over;
        while (colon < end && char.IsWhiteSpace(text[colon]))
            colon++;
        bool isForeign = colon < end && Is(Colons, text[colon]);
        bool isOwn = colon < end && text[colon] == ':' && (colon + 1 == end || IsBlank(text[colon + 1]));
        bool isEntry = name.Length > 0 && (isForeign || isOwn);
        if (!isEntry)
        {
            if (name.Length > 0 && colon < end && IsSettings(colon, end))
            {
                string fix = $"Write \"{name}: {text[colon..end].Trim()}\".";
                Say("brace", over, 0, ": ", $"No colon stands behind \"{name}\".", fix);
            }

            if (colon == end)
            {
                TakeInvisible(at, over, "");
                TakeBlanks(over, end);
            }

            TakeValue(at, end, depth, isProse: colon < end && name.Length > 0 && !IsCommentAt(colon, end));
            return;
        }

        TakeInvisible(at, over, "");
        TakeBlanks(over, colon);
        if (isForeign)
        {
            string value = text[(colon + 1)..end].Trim();
            SayWide("colon", colon, ": ", value.Length > 0 ? $"{name}: {value}" : name + ":");
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
            if (Is(Commas, _source.Text[i]))
                SayWide("comma", i, ", ", ",");
            else if (Is(Colons, _source.Text[i]))
                SayWide("colon", i, ": ", ":");
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
        (at + 1 < end && _source.Text[at] == '/' && _source.Text[at + 1] is '/' or '*') || Is(Hash, _source.Text[at]);

    private static bool Is(string signs, char c) => signs.Contains(c, StringComparison.Ordinal);

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || UnseenCharacters.IsInvisible(c);

    private static bool IsOfName(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || UnseenCharacters.IsInvisible(c);

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
        string message = $"Notes begin with \"#\"; \"{sign}\" stands here.";
        Say("note", at, over - at, " ", message,
            new Fix($"Write \"# {note}\"{every}.", over == end && every.Length == 0 ? $"# {note}" : null));
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
        while (at < end && IsBlank(_source.Text[at]))
        {
            char c = _source.Text[at];
            string message = $"This is {UnseenCharacters.NameOf(c)}; only plain spaces count.";
            if (UnseenCharacters.IsOddBlank(c))
                Say("blank", at, 1, " ", message, new Fix("Type a plain space in its place.", " "));
            else if (UnseenCharacters.IsInvisible(c))
                TakeInvisible(at, at + 1, " ");
            at++;
        }

        return at;
    }

    private void TakeInvisible(int from, int end, string meant)
    {
        for (int i = from; i < end; i++)
        {
            string message = $"Here stands {UnseenCharacters.NameOf(_source.Text[i])}, which cannot be seen.";
            if (UnseenCharacters.IsInvisible(_source.Text[i]))
                Say("invisible", i, 1, meant, message, new Fix("Delete it.", ""));
        }
    }

    private void SayWide(string kind, int at, string meant, string written)
    {
        string number = string.Create(CultureInfo.InvariantCulture, $"U+{(int)_source.Text[at]:X4}");
        string message = $"A full-width {kind} ({number}) stands here, which divides nothing.";
        Say(kind, at, 1, meant, message, new Fix($"Write \"{written}\".", meant));
    }

    private void Say(string kind, int at, int length, string meant, string message, Fix fix)
    {
        _found.Add(new ForeignSign(at, length, meant));
        _said.Add((kind, _source.SpanAt(at, length), new Diagnostic(message, fix)));
    }
}
