using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.StandIn;

/// <summary>Hands bytes over in pieces, at the pace and with the faults that were asked for.</summary>
/// <param name="how">What was asked for.</param>
/// <param name="request">Whose answer it is.</param>
/// <param name="gone">The client went away.</param>
internal sealed class Delivery(Behaviour how, ReceivedRequest request, CancellationToken gone)
{
    private const int UntilRead = 200;

    private readonly Stopwatch _clock = new();
    private long _sent;
    private double _sounded;

    /// <summary>Writes a body, or one message's worth of audio.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="length">How long they sound.</param>
    /// <param name="write">Writes a piece and flushes it.</param>
    /// <exception cref="BrokenOffException">Here the connection is to break.</exception>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan length, Func<ReadOnlyMemory<byte>, Task> write)
    {
        if (!_clock.IsRunning)
        {
            if (how.DelayFirstMs > 0)
                await Task.Delay(how.DelayFirstMs, gone);
            _clock.Start();
            if (how.DieAfterBytes == 0)
                throw new BrokenOffException();
        }

        for (int at = 0; at < bytes.Length;)
        {
            int count = Math.Min(how.ChunkBytes, bytes.Length - at);
            count = Until(how.DieAfterBytes, Until(how.StallAfterBytes, count));
            await write(bytes.Slice(at, count));
            at += count;
            _sent += count;
            request.Wrote(count);
            if (_sent == how.DieAfterBytes)
            {
                // A connection that is reset takes with it what the other side has not read yet.
                await Task.Delay(UntilRead, gone);
                throw new BrokenOffException();
            }

            if (_sent == how.StallAfterBytes)
                await Task.Delay(how.StallMs ?? Timeout.Infinite, gone);
            double due = _sounded + (length.TotalSeconds * at / bytes.Length);
            if (how.IsRealtime && TimeSpan.FromSeconds(due) - _clock.Elapsed is { Ticks: > 0 } early)
                await Task.Delay(early, gone);
        }

        _sounded += length.TotalSeconds;
    }

    /// <summary>Bytes of a message that may still be sent before a fault.</summary>
    private int Until(int? fault, int count)
        => fault is { } at && at > _sent ? (int)Math.Min(count, at - _sent) : count;
}
