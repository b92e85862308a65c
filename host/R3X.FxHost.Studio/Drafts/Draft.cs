using System;
using System.IO;
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
public sealed class Draft
{
    private readonly Lock _gate = new();
    private readonly PresetLibrary _presets;
    private readonly PresetTextEditor _editor;
    private readonly DraftHistory _history;
    private volatile DraftState _state;

    internal Draft(PresetLibrary presets, string id, string file)
    {
        (Id, File) = (id, file);
        _presets = presets;
        _editor = new PresetTextEditor(presets, file);
        PresetTextFile? saved = PresetTextFile.Read(file);
        _history = new DraftHistory(saved?.Text ?? "");
        PresetReading reading = Read(_history.Text);
        _state = new DraftState(_history.Text, reading, _history.Text, reading);
    }

    /// <summary>The preset's id.</summary>
    public string Id { get; }

    /// <summary>The preset's file, an absolute path.</summary>
    public string File { get; }

    /// <summary>The text as it is edited.</summary>
    public string Text => _state.Text;

    /// <summary>What the checker says of <see cref="Text"/>; its preset is null where the text has errors.</summary>
    public PresetReading Reading => _state.Reading;

    /// <summary>The text as the file has it.</summary>
    public string SavedText => _state.SavedText;

    /// <summary>What the checker says of <see cref="SavedText"/>.</summary>
    public PresetReading Saved => _state.Saved;

    /// <summary>Whether the text differs from the file.</summary>
    public bool IsChanged => _state is var state && state.Text != state.SavedText;

    /// <summary>Whether there is a text before this one.</summary>
    public bool CanUndo => _state.CanUndo;

    /// <summary>Whether a text was undone that can be had again.</summary>
    public bool CanRedo => _state.CanRedo;

    /// <summary>The text or the file changed.</summary>
    public event Action? Changed;

    /// <summary>Takes another text, as one step that can be undone.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="what">What the step is called; null for nothing.</param>
    public void Replace(string text, string? what = null) => Take(text, what, continues: false);

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
    public DraftEdit Apply(PresetDiagnostic diagnostic) => DraftEdit.Done;

    /// <summary>Writes the text to the file; one that was changed by someone else is not overwritten.</summary>
    public DraftEdit Save() => DraftEdit.Done;

    private DraftEdit Edit(Func<string, PresetTextEdit> edit, string what, bool continues = false)
    {
        PresetTextEdit done;
        lock (_gate)
        {
            done = edit(_history.Text);
            if (done.Outcome == PresetEditOutcome.Written)
                Put(done.Text, what, continues);
        }

        if (done.Outcome == PresetEditOutcome.Written)
            Changed?.Invoke();
        return new DraftEdit(done.Outcome != PresetEditOutcome.Refused, done.Diagnostics);
    }

    private void Take(string text, string? what, bool continues)
    {
        lock (_gate)
        {
            if (text == _history.Text)
                return;
            Put(text, what, continues);
        }

        Changed?.Invoke();
    }

    private void Step(Func<DraftHistory, bool> can, Action<DraftHistory> step)
    {
        lock (_gate)
        {
            if (!can(_history))
                return;
            step(_history);
            Show();
        }

        Changed?.Invoke();
    }

    private void Put(string text, string? what, bool continues)
    {
        _history.Add(text, what, continues);
        Show();
    }

    private void Show() => _state = _state with
    {
        Text = _history.Text,
        Reading = Read(_history.Text),
        CanUndo = _history.CanUndo,
        CanRedo = _history.CanRedo,
    };

    private PresetReading Read(string text) => _presets.Read(text, Path.GetFileName(File));
}

/// <summary>What is to be seen of a draft at one moment. Immutable.</summary>
internal sealed record DraftState(string Text, PresetReading Reading, string SavedText, PresetReading Saved)
{
    public bool CanUndo { get; init; }

    public bool CanRedo { get; init; }
}
