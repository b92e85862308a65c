using System.Collections.Generic;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Ducking;

/// <summary>What somebody who listens is told, in order.</summary>
internal sealed class Told<T>
{
    private readonly List<T> _news = [];

    public Told(IAsyncEnumerable<T> events) => Listening = ListenAsync(events);

    /// <summary>Done when nothing more will come.</summary>
    public Task Listening { get; }

    public T[] News
    {
        get
        {
            lock (_news)
                return [.. _news];
        }
    }

    /// <summary>Waits until so much was told; gives all of it.</summary>
    public async Task<T[]> WaitForAsync(int count)
    {
        for (int turn = 0; News.Length < count; turn++)
        {
            Assert.True(turn < 10_000, $"Told {News.Length} of {count}: {string.Join("; ", News)}");
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        return News;
    }

    private async Task ListenAsync(IAsyncEnumerable<T> events)
    {
        await foreach (T news in events)
        {
            lock (_news)
                _news.Add(news);
        }
    }
}
