using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Lines;

/// <summary>Where a processed line goes: a loudspeaker, a file, memory. Calls come one at a time.</summary>
public interface ILineSink
{
    /// <summary>Called before the first frame, and again where a segment of a line comes in another format.</summary>
    /// <param name="format">The line's rate and channels.</param>
    /// <param name="cancellation">Ends the line.</param>
    ValueTask OpenAsync(AudioFormat format, CancellationToken cancellation);

    /// <summary>Takes frames; completes when there is room for more, which paces the line.</summary>
    /// <param name="buffer">Where the frames are; valid until the call completes.</param>
    /// <param name="start">The first frame.</param>
    /// <param name="frames">Number of frames, at least 1.</param>
    /// <param name="cancellation">Ends the line.</param>
    ValueTask WriteAsync(AudioBuffer buffer, int start, int frames, CancellationToken cancellation);

    /// <summary>Called before the source is asked for more: what was written so far may go out.</summary>
    /// <param name="cancellation">Ends the line.</param>
    ValueTask FlushAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Called where another segment of the line begins, before any of it is written.</summary>
    /// <param name="segment">Its number; the first one's is 0, and it is not called for that.</param>
    /// <param name="framesAhead">How many frames of the one before it will still be written.</param>
    void SegmentBegins(int segment, int framesAhead)
    {
    }

    /// <summary>What was odd about the line on its way out, a whole sentence; null when nothing was.</summary>
    string? Warning => null;

    /// <summary>Called once, when the line itself has been written and only its tail follows: from here on another line
    /// may begin.</summary>
    void TailBegins()
    {
    }

    /// <summary>Called after the last frame; completes when the line has been written or heard.</summary>
    /// <param name="cancellation">Ends the line.</param>
    ValueTask CompleteAsync(CancellationToken cancellation);
}
