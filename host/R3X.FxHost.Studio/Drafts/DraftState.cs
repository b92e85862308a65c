using R3X.FxHost.Presets;

namespace R3X.FxHost.Studio.Drafts;

/// <summary>What is to be seen of a draft at one moment. Immutable.</summary>
/// <param name="SavedText">The text that the file and the draft had in common last.</param>
internal sealed record DraftState(
    string Id, string File, string Text, PresetReading Reading, string SavedText, PresetReading Saved)
{
    /// <summary>What the file holds in place of the saved text, where that is not taken in; mostly null.</summary>
    public string? Theirs { get; init; }

    public bool IsMissing { get; init; }

    public bool CanUndo { get; init; }

    public bool CanRedo { get; init; }

    public string? UndoName { get; init; }

    public string? RedoName { get; init; }
}
