using System;
using R3X.FxHost.Studio.Drafts;

namespace R3X.FxHost.Studio;

/// <summary>What one browser's page shows: the preset that is open, and what was last announced to screen
/// readers. The page's own thread of control (its circuit).</summary>
/// <param name="drafts">The presets that are open in any page.</param>
public sealed class PageState(DraftStore drafts) : IDisposable
{
    /// <summary>The preset that is open; null until one is chosen.</summary>
    public Draft? Draft { get; private set; }

    /// <summary>What was announced last, a sentence.</summary>
    public string Announcement { get; private set; } = "";

    /// <summary>Something of the page changed, the open preset's text included. Any thread: components redraw through
    /// <c>InvokeAsync</c>.</summary>
    public event Action? Changed;

    /// <summary>Opens a preset.</summary>
    /// <param name="id">The id of a preset of the folder.</param>
    public void Open(string id)
    {
        // Opened first: one that is opened again keeps its undo history.
        Draft? opened = drafts.Open(id);
        Leave();
        Draft = opened;
        if (Draft is not null)
            Draft.Changed += Tell;
        Tell();
    }

    /// <summary>Shows no preset any more.</summary>
    public void Close()
    {
        Leave();
        Tell();
    }

    /// <summary>Announces something that people who see it need not be told of.</summary>
    /// <param name="sentence">A sentence.</param>
    public void Announce(string sentence)
    {
        Announcement = sentence;
        Tell();
    }

    /// <inheritdoc/>
    public void Dispose() => Leave();

    private void Leave()
    {
        if (Draft is null)
            return;
        Draft.Changed -= Tell;
        drafts.Close(Draft);
        Draft = null;
    }

    private void Tell() => Changed?.Invoke();
}
