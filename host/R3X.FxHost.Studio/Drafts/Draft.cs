using System;
using System.Collections.Generic;
using System.IO;
using R3X.FxHost.Presets;

namespace R3X.FxHost.Studio.Drafts;

/// <summary>
/// A preset that is being edited: the text as it would be saved, and every text before. Pages that show the same preset
/// share it. Any thread; <see cref="Changed"/> comes on the thread that changed it.
/// </summary>
public sealed class Draft
{
    private readonly PresetLibrary _presets;
    private readonly List<string> _texts = [];
    private int _at;

    internal Draft(PresetLibrary presets, string id, string file)
    {
        _presets = presets;
        (Id, File) = (id, file);
        _texts.Add(System.IO.File.ReadAllText(file));
        SavedText = Text;
        Reading = Saved = Read(Text);
    }

    /// <summary>The preset's id.</summary>
    public string Id { get; }

    /// <summary>The preset's file, an absolute path.</summary>
    public string File { get; }

    /// <summary>The text as it is edited.</summary>
    public string Text => _texts[_at];

    /// <summary>What the checker says of <see cref="Text"/>; its preset is null where the text has errors.</summary>
    public PresetReading Reading { get; private set; }

    /// <summary>The text as the file has it.</summary>
    public string SavedText { get; private set; }

    /// <summary>What the checker says of <see cref="SavedText"/>.</summary>
    public PresetReading Saved { get; private set; }

    /// <summary>Whether the text differs from the file.</summary>
    public bool IsChanged => Text != SavedText;

    /// <summary>The text or the file changed.</summary>
    public event Action? Changed;

    /// <summary>Takes another text, as one step that can be undone.</summary>
    /// <param name="text">The whole text.</param>
    public void Replace(string text)
    {
        if (text == Text)
            return;
        _texts.RemoveRange(_at + 1, _texts.Count - _at - 1);
        _texts.Add(text);
        _at++;
        Reading = Read(text);
        Changed?.Invoke();
    }

    private PresetReading Read(string text) => _presets.Read(text, Path.GetFileName(File));
}
