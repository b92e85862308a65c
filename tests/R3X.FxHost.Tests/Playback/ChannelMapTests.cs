using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Playback;

public sealed class ChannelMapTests
{
    [Theory]
    [InlineData(new float[] { 1 }, new float[] { 1 })]
    [InlineData(new float[] { 1 }, new float[] { 1, 1 })]
    [InlineData(new float[] { 1, 3 }, new float[] { 2 })]
    [InlineData(new float[] { 1, 3 }, new float[] { 1, 3 })]
    [InlineData(new float[] { 1 }, new float[] { 1, 1, 0, 0, 0, 0 })]
    [InlineData(new float[] { 1, 3 }, new float[] { 1, 3, 0, 0, 0, 0 })]
    public void Each_line_finds_its_loudspeakers(float[] line, float[] loudspeakers)
    {
        var from = new AudioBuffer(line.Length, 3);
        for (int channel = 0; channel < line.Length; channel++)
            from[channel].Fill(line[channel]);
        var to = new AudioBuffer(loudspeakers.Length, 3);
        for (int channel = 0; channel < loudspeakers.Length; channel++)
            to[channel].Fill(99);

        ChannelMap.Apply(from.Block(3), to.Block(3));

        for (int channel = 0; channel < loudspeakers.Length; channel++)
            Assert.Equal([loudspeakers[channel], loudspeakers[channel], loudspeakers[channel]], to[channel].ToArray());
    }
}
