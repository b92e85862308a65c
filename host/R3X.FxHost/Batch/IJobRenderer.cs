using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;

namespace R3X.FxHost.Batch;

/// <summary>Where the jobs of a batch are done: in this process, or on machines that share a queue. Any
/// thread.</summary>
public interface IJobRenderer : IAsyncDisposable
{
    /// <summary>How many jobs to hand over at once, so that nobody waits for the next.</summary>
    int AtOnce { get; }

    /// <summary>Renders one line. A job that was done before, as by a run that was killed, is not done again.</summary>
    /// <param name="job">The job.</param>
    /// <param name="open">Opens what it is written to, once, when that begins; it can seek, and is left open.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="Decoding.UnreadableAudioException">The line holds no sound.</exception>
    /// <exception cref="IOException">It could not be done; the message says why.</exception>
    Task<RenderedJob> RenderAsync(RenderJob job, Func<Stream> open, CancellationToken cancellation);

    /// <summary>Told that a rendered line stands where it belongs: what was kept of it meanwhile may go.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellation">Gives it up.</param>
    Task KeptAsync(RenderJob job, CancellationToken cancellation);
}

/// <summary>One line to be rendered by one recipe.</summary>
/// <param name="Id">What the recipe calls it: <see cref="RenderRecipe.JobFor"/>.</param>
/// <param name="File">The line's file.</param>
/// <param name="LineHash">The SHA-256 of its bytes.</param>
/// <param name="Recipe">How.</param>
public sealed record RenderJob(string Id, string File, string LineHash, RenderRecipe Recipe);

/// <summary>What came of a job.</summary>
/// <param name="Faults">What effects did wrong.</param>
/// <param name="Warnings">What was not as it was meant to be.</param>
/// <param name="Report">What the line cost; null where it was rendered elsewhere.</param>
public sealed record RenderedJob(
    IReadOnlyList<string> Faults, IReadOnlyList<string> Warnings, SpeechReport? Report = null);
