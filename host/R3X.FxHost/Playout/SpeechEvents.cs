using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Channels;

namespace R3X.FxHost.Playout;

/// <summary>Tells everybody who asked. Telling never waits: of a listener who is far behind, the oldest events are
/// dropped. Any thread.</summary>
/// <typeparam name="T">What is told.</typeparam>
/// <param name="mostBehind">How far a listener may be behind.</param>
internal sealed class SpeechEvents<T>(int mostBehind)
{
    private readonly Lock _gate = new();
    private Channel<T>[] _listeners = [];

    /// <summary>Whether anybody listens.</summary>
    public bool HasListeners => Volatile.Read(ref _listeners).Length > 0;

    /// <summary>Tells everybody.</summary>
    public void Tell(T news)
    {
        foreach (Channel<T> listener in Volatile.Read(ref _listeners))
            listener.Writer.TryWrite(news);
    }

    /// <summary>Listens from now on, until the enumeration is left.</summary>
    /// <param name="cancellation">Ends it.</param>
    public IAsyncEnumerable<T> Listen(CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(mostBehind) { FullMode =
            BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_gate)
            Volatile.Write(ref _listeners, [.. _listeners, channel]);
        return ReadAsync(channel, cancellation);
    }

    /// <summary>Nothing more will come.</summary>
    public void Complete()
    {
        foreach (Channel<T> listener in Volatile.Read(ref _listeners))
            listener.Writer.TryComplete();
    }

    private async IAsyncEnumerable<T> ReadAsync(
        Channel<T> channel, [EnumeratorCancellation] CancellationToken cancellation)
    {
        try
        {
            await foreach (T news in channel.Reader.ReadAllAsync(cancellation))
                yield return news;
        }
        finally
        {
            lock (_gate)
                Volatile.Write(
                    ref _listeners, [.. System.Linq.Enumerable.Where(_listeners, other => other != channel)]);
        }
    }
}
