using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;

namespace R3X.FxHost.Studio.Drafts;

/// <summary>
/// A preset that is being edited: the text as it would be saved, and every text before. Pages that show the same preset
/// share it. Any thread; <see cref="Changed"/> comes on the thread that changed it. Edits that cannot be change nothing
/// and say why.
/// </summary>
public sealed partial class Draft
{
    // Of edits that were refused since the text last changed, so that their fixes can be applied.
    private const int MostRefused = 8;

    private readonly Lock _gate = new();
    private readonly PresetLibrary _presets;
    private readonly DraftHistory _history;
    private readonly List<PresetTextEdit> _refused = [];
    private PresetTextEditor _editor;
    private volatile DraftState _state;
    private DraftState? _told;

    internal Draft(PresetLibrary presets, string id, string file)
    {
        _presets = presets;
        _editor = new PresetTextEditor(presets, file);
        _saved = PresetTextFile.Read(file);
        _history = new DraftHistory(_saved?.Text ?? "");
        PresetReading reading = Read(_history.Text, file);
        _state = new DraftState(id, file, _history.Text, reading, _history.Text, reading)
        {
            IsMissing = _saved is null,
        };
        _told = _state;
    }

    /// <summary>The preset's id.</summary>
    public string Id => _state.Id;

    /// <summary>The preset's file, an absolute path.</summary>
    public string File => _state.File;

    /// <summary>The text as it is edited.</summary>
    public string Text => _state.Text;

    /// <summary>What the checker says of <see cref="Text"/>; its preset is null where the text has errors.</summary>
    public PresetReading Reading => _state.Reading;

    /// <summary>The text as the file has it; in a <see cref="Conflict"/>, as it had it before.</summary>
    public string SavedText => _state.SavedText;

    /// <summary>What the checker says of <see cref="SavedText"/>.</summary>
    public PresetReading Saved => _state.Saved;

    /// <summary>Whether there is something to save: the text differs from the file, or the file is gone.</summary>
    public bool IsChanged => _state is var state && (state.Text != state.SavedText || state.IsMissing);

    /// <summary>Whether there is a text before this one.</summary>
    public bool CanUndo => _state.CanUndo;

    /// <summary>Whether a text was undone that can be had again.</summary>
    public bool CanRedo => _state.CanRedo;

    /// <summary>What the step that would be undone is called, such as <c>comb.mix</c>; null where it has no
    /// name.</summary>
    public string? UndoName => _state.UndoName;

    /// <summary>The same of the step that would be done again.</summary>
    public string? RedoName => _state.RedoName;

    /// <summary>The text or the file changed.</summary>
    public event Action? Changed;

    /// <summary>Takes another text, as one step that can be undone.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="what">What the step is called; null for nothing.</param>
    public void Replace(string text, string? what = null)
    {
        lock (_gate)
            Put(text, what);
        Tell();
    }

    /// <summary>Takes a text that somebody typed, who began with another text than this one, perhaps: what others
    /// changed meanwhile stays, except in the same lines. Line ends are those of the draft.</summary>
    /// <param name="basis">The text that the typing began with.</param>
    /// <param name="text">The whole text as it was typed.</param>
    /// <returns>The whole text now.</returns>
    public string ReplaceFrom(string basis, string text)
    {
        lock (_gate)
        {
            text = LineMerge.WithLineEndsOf(_history.Text, text);
            basis = LineMerge.WithLineEndsOf(_history.Text, basis);
            Put(LineMerge.Of(basis, text, _history.Text).Text, null);
        }

        Tell();
        return Text;
    }

    /// <summary>Goes back to the text before; nothing where there is none.</summary>
    public void Undo() => Step(history => history.CanUndo, history => history.Undo());

    /// <summary>Takes the last undo back; nothing where there is none.</summary>
    public void Redo() => Step(history => history.CanRedo, history => history.Redo());

    /// <summary>Sets a value.</summary>
    /// <param name="path"><c>STEP.SETTING</c>, <c>STEP</c>, or a key such as <c>amount</c>.</param>
    /// <param name="value">As presets write it.</param>
    /// <param name="continues">Whether it is the same gesture as the edit before, as while a slider is dragged: both
    /// are one step of the history then.</param>
    public DraftEdit Set(string path, string value, bool continues = false) =>
        Edit(text => _editor.Set(text, path, value), path, continues);

    /// <summary>Takes a value back to the parent's, or to the default.</summary>
    /// <param name="path">As <see cref="Set"/> takes it.</param>
    public DraftEdit ToDefault(string path) => Edit(text => _editor.Reset(text, path), path);

    /// <summary>Switches a step on or off.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="on">Whether it sounds.</param>
    public DraftEdit Switch(string step, bool on) => Set(step, on ? "on" : "bypass");

    /// <summary>Adds a step with its effect's defaults.</summary>
    /// <param name="effectId">The effect.</param>
    /// <param name="before">The step that follows it; null for the usual place, in front of the last limiter.</param>
    public DraftEdit AddStep(string effectId, string? before) =>
        Edit(text => _editor.AddStep(text, effectId, before), effectId);

    /// <summary>Takes a step of this preset away.</summary>
    /// <param name="step">The step's name.</param>
    public DraftEdit RemoveStep(string step) => Edit(text => _editor.RemoveStep(text, step), step);

    /// <summary>Moves a step of this preset.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="before">The step that follows it then; null for the end.</param>
    public DraftEdit MoveStep(string step, string? before) => Edit(text => _editor.MoveStep(text, step, before), step);

    /// <summary>Puts right what a diagnostic is about, with its <see cref="PresetDiagnostic.Replacement"/>.</summary>
    /// <param name="diagnostic">One of <see cref="Reading"/>, or of an edit that was refused: then the edit is made,
    /// put right.</param>
    public DraftEdit Apply(PresetDiagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        DraftEdit done = DraftEdit.Done;
        lock (_gate)
        {
            PresetTextEdit? refused = _refused.Find(edit => edit.Diagnostics.Contains(diagnostic));
            if (diagnostic.Correct(refused?.Tried ?? _history.Text) is not { } corrected)
                done = DraftEdit.Refused(File,
                    "The text has changed meanwhile, and this correction does not fit it any more.",
                    "Look at the messages again.");
            else if (refused is not null && StillRefused(corrected) is { } edit)
                done = edit;
            else
                Put(corrected, null);
        }

        Tell();
        return done;
    }

    // A value may have several mistakes, each with a correction of its own: the edit is made when none is left.
    private DraftEdit? StillRefused(string corrected)
    {
        PresetDiagnostic[] wrong = [.. Read(corrected, File).Diagnostics.Where(
            each => each.Severity == DiagnosticSeverity.Error)];
        if (wrong.Length == 0)
            return null;
        Remember(new PresetTextEdit(PresetEditOutcome.Refused, _history.Text, wrong) { Tried = corrected });
        return new DraftEdit(false, wrong);
    }

    private DraftEdit Edit(Func<string, PresetTextEdit> edit, string what, bool continues = false)
    {
        PresetTextEdit done;
        lock (_gate)
        {
            done = edit(_history.Text);
            if (done.Outcome == PresetEditOutcome.Written)
                Put(done.Text, what, continues);
            else if (done.Outcome == PresetEditOutcome.Refused)
                Remember(done);
        }

        Tell();
        return new DraftEdit(done.Outcome != PresetEditOutcome.Refused, done.Diagnostics);
    }

    private void Remember(PresetTextEdit refused)
    {
        if (_refused.Count == MostRefused)
            _refused.RemoveAt(0);
        _refused.Add(refused);
    }

    private void Step(Predicate<DraftHistory> can, Action<DraftHistory> step)
    {
        lock (_gate)
        {
            if (!can(_history))
                return;
            step(_history);
            _refused.Clear();
            Show();
        }

        Tell();
    }

    private void Put(string text, string? what, bool continues = false)
    {
        if (text == _history.Text)
            return;
        _history.Add(text, what, continues);
        _refused.Clear();
        Show();
    }

    // Under the lock: what is to be seen changes in one step, and listeners are told outside.
    private void Show()
    {
        DraftState before = _state;
        string saved = _saved?.Text ?? before.SavedText;
        _state = before with
        {
            Text = _history.Text,
            Reading = _history.Text == before.Text ? before.Reading : Read(_history.Text, before.File),
            SavedText = saved,
            Saved = saved == before.SavedText ? before.Saved : Read(saved, before.File),
            Theirs = _newer?.Text,
            IsMissing = _saved is null && _newer is null,
            CanUndo = _history.CanUndo,
            CanRedo = _history.CanRedo,
            UndoName = _history.UndoName,
            RedoName = _history.RedoName,
        };
    }

    private void Tell()
    {
        DraftState now = _state;
        if (!ReferenceEquals(Interlocked.Exchange(ref _told, now), now))
            Changed?.Invoke();
    }

    private PresetReading Read(string text, string file) => _presets.Read(text, Path.GetFileName(file));
}
