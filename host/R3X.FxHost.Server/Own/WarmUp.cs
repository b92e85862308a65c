using System;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace R3X.FxHost.Server.Own;

/// <summary>Takes a line through the default preset when the server starts, so that nobody's first line waits for
/// effects to be loaded and code to be compiled. <c>/health/ready</c> tells when it has.</summary>
/// <param name="host">The host.</param>
internal sealed class WarmUp(FxHost host) : BackgroundService
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it has, whatever came of it.</summary>
    public Task Done => _done.Task;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            host.WarmUp();
            // Of a speaker of its own: nobody else's lines are to be as loud as this one.
            await host.RenderAsync(SpeechAudio.FromBytes(BundledLine.Bytes), PipeWriter.Create(System.IO.Stream.Null),
                OutputFormat.Wav, SpeechSelection.Default with { Speaker = "warm-up" },
                cancellation: stoppingToken);
        }
        catch (Exception)
        {
            // A preset that cannot be used shows with the line that wants it.
        }
        finally
        {
            _done.TrySetResult();
        }
    }
}
