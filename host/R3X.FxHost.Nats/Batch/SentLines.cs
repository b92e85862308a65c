using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Nats.Batch;

/// <summary>The lines of a batch on the server: each is sent once for all jobs that need it at the same time, and goes
/// with the last of them. Any thread.</summary>
internal sealed class SentLines(JobServer server, string batch)
{
    private readonly ConcurrentDictionary<string, SentLine> _lines = new(StringComparer.Ordinal);

    /// <summary>Sends a line unless it is there for another job.</summary>
    /// <returns>The object's name.</returns>
    public async Task<string> HoldAsync(string hash, string file, CancellationToken cancellation)
    {
        string name = Subjects.Line(batch, hash);
        SentLine line = _lines.GetOrAdd(hash, static _ => new SentLine());
        await line.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (line.Jobs == 0)
            {
                byte[] bytes = await File.ReadAllBytesAsync(file, cancellation).ConfigureAwait(false);
                await server.PutObjectAsync(name, bytes, cancellation).ConfigureAwait(false);
            }

            line.Jobs++;
            return name;
        }
        finally
        {
            line.Gate.Release();
        }
    }

    /// <summary>A job that held a line needs it no more.</summary>
    public async Task ReleaseAsync(string hash, CancellationToken cancellation)
    {
        SentLine line = _lines[hash];
        await line.Gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (--line.Jobs == 0)
                await server.DeleteObjectAsync(Subjects.Line(batch, hash), cancellation).ConfigureAwait(false);
        }
        finally
        {
            line.Gate.Release();
        }
    }

    private sealed class SentLine
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public int Jobs { get; set; }
    }
}
