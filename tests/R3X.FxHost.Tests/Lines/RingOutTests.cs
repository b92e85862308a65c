using R3X.FxHost.Lines;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Lines;

public sealed class RingOutTests
{
    [Fact]
    public void A_tail_ends_with_its_last_sample_above_minus_80_dBFS()
    {
        var ringOut = new RingOut(new AudioFormat(48_000, 2));
        var buffer = new AudioBuffer(2, 100);
        buffer[1][60] = 0.00011f;
        Assert.Equal(61, ringOut.Add(buffer.Block(100)));
        ringOut.Release(61);
        buffer.Clear();
        buffer[0][5] = 0.00009f;
        Assert.Equal(0, ringOut.Add(buffer.Block(100)));
    }

    [Fact]
    public void Silence_inside_a_tail_is_kept_when_an_echo_follows_it()
    {
        var ringOut = new RingOut(new AudioFormat(48_000, 1));
        var buffer = new AudioBuffer(1, 1000);
        for (int block = 0; block < 10; block++)
            Assert.Equal(0, ringOut.Add(buffer.Block(1000)));
        buffer[0][2] = -0.5f;
        Assert.Equal(10_003, ringOut.Add(buffer.Block(1000)));
        Assert.Equal(-0.5f, ringOut.Audible[0][10_002]);
    }
}
