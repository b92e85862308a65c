using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Batch;
using R3X.FxHost.Diagnostics;

namespace R3X.FxHost.Cli.Batch;

/// <summary>Jobs that are done here, one on every core.</summary>
internal sealed class LocalJobs(FxHost host) : IJobRenderer
{
    private readonly RecipeRenderer _renderer = new(host);

    public int AtOnce => Environment.ProcessorCount;

    public async Task<RenderedJob> RenderAsync(RenderJob job, Func<Stream> open, CancellationToken cancellation)
    {
        SpeechAudio line = SpeechAudio.FromFile(job.File, job.Recipe.InputFormat);
        SpeechReport report = await _renderer.RenderAsync(job.Recipe, line, open(), cancellation);
        return new RenderedJob(report.Faults, report.Warnings, report);
    }

    public Task KeptAsync(RenderJob job, CancellationToken cancellation) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _renderer.Dispose();
        return ValueTask.CompletedTask;
    }
}
