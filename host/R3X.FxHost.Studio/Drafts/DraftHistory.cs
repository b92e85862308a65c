using System.Collections.Generic;

namespace R3X.FxHost.Studio.Drafts;

/// <summary>The undo history: every text there was, and which of them is shown. Not safe for several threads.</summary>
/// <param name="first">The text it begins with.</param>
internal sealed class DraftHistory(string first)
{
    private readonly List<(string Text, string? What)> _steps = [(first, null)];
    private int _at;

    public string Text => _steps[_at].Text;

    /// <summary>What would be undone; null where that has no name.</summary>
    public string? UndoName => _steps[_at].What;

    /// <summary>What would be done again.</summary>
    public string? RedoName => CanRedo ? _steps[_at + 1].What : null;

    public bool CanUndo => _at > 0;

    public bool CanRedo => _at + 1 < _steps.Count;

    /// <summary>A further step; what was undone is gone.</summary>
    /// <param name="what">What the step is called; null for nothing.</param>
    /// <param name="continues">Whether it takes the place of the step before, if that has the same name.</param>
    public void Add(string text, string? what, bool continues)
    {
        bool isSame = continues && _at > 0 && !CanRedo && what is not null && _steps[_at].What == what;
        _steps.RemoveRange(_at + 1, _steps.Count - _at - 1);
        if (isSame)
            _steps[_at] = (text, what);
        else
            _steps.Insert(++_at, (text, what));
    }

    public void Undo() => _at--;

    public void Redo() => _at++;
}
