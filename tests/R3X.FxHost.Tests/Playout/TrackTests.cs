using System;
using System.Threading;
using R3X.FxHost.Playout;
using R3X.FxHost.Sdk;
using R3X.FxHost.Threading;
using Xunit;

namespace R3X.FxHost.Tests.Playout;

public sealed class TrackTests
{
    [Fact]
    public void A_line_its_owner_has_let_go_ends_without_harm_however_the_pool_is_timed()
    {
        using var changed = new Wakeup(TimeProvider.System);
        // The ring goes on a thread of the pool as soon as the line has ended; one of so many meets it half-way.
        for (int i = 0; i < 30_000; i++)
        {
            var line = new Track(changed, CancellationToken.None);
            line.Open(new AudioFormat(8_000, 1), 500);
            line.Dispose();
            line.EndHeard();
        }
    }
}
