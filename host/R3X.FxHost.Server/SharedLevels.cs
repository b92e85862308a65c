using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using R3X.FxHost.Levelling;
using R3X.FxHost.Nats.Levels;

namespace R3X.FxHost.Server;

/// <summary>What servers know together of how loud speakers are. A server that shares nothing loads nothing of
/// NATS.</summary>
/// <param name="nats">The NATS server's address.</param>
internal sealed class SharedLevels(string nats) : IAsyncDisposable
{
    /// <summary>What the host asks and tells.</summary>
    public ISpeakerLevels Levels { get; } = Open(nats);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ((IAsyncDisposable)Levels).DisposeAsync();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SharedSpeakerLevels Open(string nats) => SharedSpeakerLevels.Open(nats, new Lines());

    /// <summary>Says on standard error what became of it.</summary>
    private sealed class Lines : IProgress<LevelSharing>
    {
        public void Report(LevelSharing value)
        {
            if (value.IsOn)
                ServeLog.Information(value.Message);
            else
                ServeLog.Warning(value.Message);
        }
    }
}
