using System;
using System.Linq;
using R3X.FxHost.Levelling;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Levelling;

public sealed class SpillBufferTests
{
    private const int Frames = 400_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1_500_000)]
    [InlineData(64 << 20)]
    public void Frames_come_back_as_they_were_whether_from_memory_or_from_a_file(int memoryBytes)
    {
        float[] noise = Signals.Noise(2 * Frames);
        using var spool = new SpillBuffer(new AudioFormat(8_000, 2), memoryBytes);
        for (int at = 0; at < Frames; at += 997)
            spool.Write(new AudioBlock(noise, 2, Frames, Frames).Slice(at, Math.Min(997, Frames - at)));
        Assert.Equal(Frames, spool.Frames);
        // Twice over, and in other pieces.
        foreach (int size in (int[])[1_024, 100_000])
        {
            var back = new float[2 * Frames];
            for (int at = 0; at < Frames; at += size)
                Assert.Equal(Math.Min(size, Frames - at),
                    spool.Read(at, new AudioBlock(back, 2, Frames, Frames).Slice(at, Math.Min(size, Frames - at))));
            Assert.Equal(noise, back);
        }

        Assert.Equal(0, spool.Read(Frames, new AudioBuffer(2, 10).Block(10)));
    }

    [Fact]
    public void A_speaker_not_heard_for_64_others_is_forgotten()
    {
        var history = new SpeakerHistory();
        history.Remember("rex", "", -30);
        Assert.Equal(-30, history.Recall("rex", ""));
        history.Remember("rex", "", -20);
        Assert.Equal(-25, history.Recall("rex", ""));
        Assert.Null(history.Recall("rex", "excited"));
        foreach (int other in Enumerable.Range(0, 64))
            history.Remember($"{other}", "", -20);
        Assert.Null(history.Recall("rex", ""));
        Assert.Equal(-20, history.Recall("63", ""));
    }
}
