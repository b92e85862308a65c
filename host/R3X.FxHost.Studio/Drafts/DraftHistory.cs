using System;
using System.Collections.Generic;

namespace R3X.FxHost.Studio.Drafts;

/// <summary>The undo history: a text, and what each step changed of it, so that it may grow for hours. Not safe for
/// several threads.</summary>
/// <param name="first">The text it begins with.</param>
internal sealed class DraftHistory(string first)
{
    private readonly List<Change> _steps = [];
    private int _at;

    /// <summary>The text.</summary>
    public string Text { get; private set; } = first;

    /// <summary>What the step that would be undone is called; null where it has no name.</summary>
    public string? UndoName => CanUndo ? _steps[_at - 1].What : null;

    /// <summary>The same of the step that would be done again.</summary>
    public string? RedoName => CanRedo ? _steps[_at].What : null;

    public bool CanUndo => _at > 0;

    public bool CanRedo => _at < _steps.Count;

    /// <summary>A further step; what was undone is gone.</summary>
    /// <param name="what">What the step is called; null for nothing.</param>
    /// <param name="continues">Whether it takes the place of the step before, if that has the same name.</param>
    public void Add(string text, string? what, bool continues)
    {
        if (continues && CanUndo && !CanRedo && what is not null && UndoName == what)
            Undo();
        _steps.RemoveRange(_at, _steps.Count - _at);
        _steps.Add(Change.Between(Text, text, what));
        _at++;
        Text = text;
    }

    public void Undo()
    {
        Change step = _steps[--_at];
        Text = string.Concat(Text.AsSpan(0, step.At), step.Old, Text.AsSpan(step.At + step.New.Length));
    }

    public void Redo()
    {
        Change step = _steps[_at++];
        Text = string.Concat(Text.AsSpan(0, step.At), step.New, Text.AsSpan(step.At + step.Old.Length));
    }

    private sealed record Change(int At, string Old, string New, string? What)
    {
        public static Change Between(string before, string after, string? what)
        {
            int at = before.AsSpan().CommonPrefixLength(after);
            int same = 0;
            int most = Math.Min(before.Length, after.Length) - at;
            while (same < most && before[^(same + 1)] == after[^(same + 1)])
                same++;
            return new Change(at, before[at..^same], after[at..^same], what);
        }
    }
}
