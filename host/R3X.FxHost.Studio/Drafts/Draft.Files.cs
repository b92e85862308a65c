using System;
using System.IO;
using R3X.FxHost.Presets.Editing;

namespace R3X.FxHost.Studio.Drafts;

/// <summary>The draft and its file, which others save as well.</summary>
public sealed partial class Draft
{
    /// <summary>What a step of the history is called that took in what was saved elsewhere.</summary>
    public const string FileStep = "file";

    // Somebody who saves again and again may be in the way of a save so often.
    private const int MostSaves = 5;

    // What the file held when it was last taken in, or saved; null when it is gone.
    private PresetTextFile? _saved;

    // What it holds now, where that could not be taken in.
    private PresetTextFile? _newer;
    private bool _wasMissing;

    /// <summary>What was saved elsewhere in the same lines as changes here; null while there is no such thing. Until it
    /// is decided on, the draft cannot be saved.</summary>
    public DraftConflict? Conflict => _state is { Theirs: { } theirs } state
        ? new DraftConflict(state.SavedText, state.Text, theirs) : null;

    /// <summary>Whether the file was deleted; saving writes it anew.</summary>
    public bool IsMissing => _state.IsMissing;

    /// <summary>Writes the text to the file. What somebody else saved meanwhile is taken in first; where that cannot
    /// be, nothing is written, and there is a <see cref="Conflict"/>.</summary>
    public DraftEdit Save()
    {
        DraftEdit saved;
        lock (_gate)
        {
            try
            {
                saved = Write();
            }
            catch (IOException e)
            {
                saved = DraftEdit.Refused(File, e.Message, "Make it writable, and save again; the text is kept here.");
            }

            Show();
        }

        Tell();
        return saved;
    }

    /// <summary>Goes back to what the file holds, as a step that can be undone.</summary>
    public void Revert() => Decide(() => (_newer ?? _saved)?.Text ?? SavedText);

    /// <summary>Ends a conflict: the draft stays as it is, and saving it replaces what the file holds.</summary>
    public void KeepMine() => Decide(() => _history.Text);

    /// <summary>Ends a conflict: the draft is what the file holds, as a step that can be undone.</summary>
    public void TakeTheirs() => Decide(() => _newer?.Text ?? _history.Text);

    /// <summary>Ends a conflict with a text made of both, as a step that can be undone.</summary>
    /// <param name="text">The text.</param>
    public void Resolve(string text) => Decide(() => LineMerge.WithLineEndsOf(_history.Text, text));

    /// <summary>Looks whether the file was saved elsewhere. Reads it.</summary>
    internal void Look()
    {
        PresetTextFile? now = PresetTextFile.Read(File);
        lock (_gate)
        {
            // What was read a moment ago may be what was saved here since.
            if (!IsKnown(now) && !IsKnown(now = PresetTextFile.Read(File)))
                TakeIn(now);
            else if (now is not null)
                _wasMissing = false;
        }

        Tell();
    }

    /// <summary>Reads both texts again: a parent or an effect changed.</summary>
    internal void ReadAgain()
    {
        lock (_gate)
            _state = _state with { Reading = Read(Text, File), Saved = Read(SavedText, File) };
        Tell();
    }

    /// <summary>The preset has another name by now.</summary>
    internal void Rename(string id, string file)
    {
        lock (_gate)
        {
            _editor = new PresetTextEditor(_presets, file);
            _saved = PresetTextFile.Read(file);
            _state = _state with
            {
                Id = id, File = file, Reading = Read(Text, file), Saved = Read(SavedText, file),
            };
            Show();
        }

        Tell();
    }

    private bool IsKnown(PresetTextFile? now) => now is null
        ? _saved is null && _newer is null : now.IsSameAs(_newer ?? _saved);

    private void Decide(Func<string> text)
    {
        lock (_gate)
        {
            string decided = text();
            (_saved, _newer) = (_newer ?? _saved, null);
            Put(decided, null);
            Show();
        }

        Tell();
    }

    private void TakeIn(PresetTextFile? file)
    {
        if (file is null)
        {
            // An editor may delete a file and create it anew.
            if (_wasMissing)
                (_saved, _newer) = (null, null);
            _wasMissing = !_wasMissing || _saved is null;
            Show();
            return;
        }

        _wasMissing = false;
        string basis = _state.SavedText;
        bool isChanged = _history.Text != basis;
        (string merged, bool overlaps) = isChanged
            ? LineMerge.Of(basis, _history.Text, file.Text) : (file.Text, false);
        bool isGood = !isChanged || (!overlaps && (merged == file.Text || merged == _history.Text
            || !Read(merged, File).HasErrors || _state.Reading.HasErrors));
        if (!isGood)
        {
            _newer = file;
            Show();
            return;
        }

        (_saved, _newer) = (file, null);
        Put(merged, FileStep);
        Show();
    }

    private DraftEdit Write()
    {
        for (int i = 0; i < MostSaves && _newer is null; i++)
        {
            if (_saved is null)
            {
                _saved = PresetTextFile.Create(File, _history.Text);
                return DraftEdit.Done;
            }

            if (_history.Text == _saved.Text)
                return DraftEdit.Done;
            if (!_saved.IsExact)
                return DraftEdit.Refused(File, "The file holds characters that are not saved as UTF-8, or more than is "
                    + "read of a preset, and saving would lose them.", "Save it as UTF-8 in an editor first.");
            if (!System.IO.File.Exists(File))
            {
                _saved = null;
                continue;
            }

            if (_saved.Save(_history.Text) is { } written)
            {
                _saved = written;
                return DraftEdit.Done;
            }

            TakeIn(PresetTextFile.Read(File));
        }

        return DraftEdit.Refused(
            File, "The file was changed by someone else in the same lines, so nothing was written.",
            "Decide which of both is to stay.");
    }
}
