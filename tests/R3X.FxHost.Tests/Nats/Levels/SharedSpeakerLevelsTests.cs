using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.KeyValueStore;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Nats;
using R3X.FxHost.Nats.Levels;
using R3X.FxHost.Tests.Hosting;
using Xunit;

namespace R3X.FxHost.Tests.Nats.Levels;

/// <summary>Speaker levels that hosts share through a real NATS server.</summary>
public sealed class SharedSpeakerLevelsTests
{
    private const int Rate = 24_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_host_measured_another_starts_with()
    {
        await using NatsServer server = await NatsServer.StartAsync();
        await using var near = SharedSpeakerLevels.Open(server.Address);
        await using var far = SharedSpeakerLevels.Open(server.Address);
        using FxHost first = LevelledHost.Create(levels: near);
        using FxHost second = LevelledHost.Create(levels: far);

        Assert.Equal(0, (await SpeakAsync(first, -30, "rex")).ReferenceDb, 0.1);
        await KnowsAsync(far, "rex", "loud-18");
        StartingGains other = await SpeakAsync(second, -30, "rex");

        Assert.Equal(10, other.ReferenceDb, 0.3);
        Assert.Equal((await SpeakAsync(first, -30, "rex")).MatchDb, other.MatchDb, 1.0);
        Assert.Equal(0, (await SpeakAsync(second, -30, "somebody else")).ReferenceDb, 0.1);
    }

    [Fact]
    public async Task A_server_that_is_away_costs_nothing_and_gets_what_it_missed()
    {
        await using NatsServer server = await NatsServer.StartAsync();
        var told = new News();
        await using var near = SharedSpeakerLevels.Open(server.Address, told);
        await using var far = SharedSpeakerLevels.Open(server.Address);
        near.Remember("rex", "", -30);
        await KnowsAsync(far, "rex", "");

        await server.KillAsync();
        near.Remember("rex", "", -25);
        near.Remember("waiter", "radio", -18);
        Assert.Equal(-25, near.Recall("rex", ""));
        Assert.Equal(-30, far.Recall("rex", ""));
        await told.SaidAsync(1);
        await server.StartAgainAsync();
        await KnowsAsync(far, "waiter", "radio");
        await UntilAsync(() => far.Recall("rex", "") == -25);
        await told.SaidAsync(2);

        Assert.Contains("not shared", told.All[0].Message, StringComparison.Ordinal);
        Assert.Contains("again", told.All[1].Message, StringComparison.Ordinal);
        await using var late = SharedSpeakerLevels.Open(server.Address);
        await KnowsAsync(late, "waiter", "radio");
        // A busy machine may lose it once more.
        Assert.All(told.All.Select(static (one, at) => one.IsOn == (at % 2 == 1)), Assert.True);
    }

    [Fact]
    public async Task A_server_that_comes_late_and_one_that_lost_all_it_had_are_made_good()
    {
        await using NatsServer server = await NatsServer.StartAsync();
        await server.KillAsync();
        var told = new News();
        await using var near = SharedSpeakerLevels.Open(server.Address, told);
        await using var far = SharedSpeakerLevels.Open(server.Address);
        near.Remember("rex", "", -30);
        await told.SaidAsync(1);
        await server.StartAgainAsync();
        await KnowsAsync(far, "rex", "");
        await using (NatsConnection connection = await NatsServers.ConnectAsync(
            server.Address, "test", cancellation: Stop))
        {
            await new NatsKVContext(new NatsJSContext(connection)).DeleteStoreAsync(SharedSpeakerLevels.Bucket, Stop);
        }

        await server.KillAsync();
        await server.StartAgainAsync();
        near.Remember("waiter", "", -18);

        await KnowsAsync(far, "waiter", "");
        Assert.Contains(server.Address, told.All[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speakers_may_be_called_anything()
    {
        string[] names = ["", "R2 D2 *.>", "Ωmega\n\0", "a.b", new string('x', 100_000), "\ud800"];
        await using NatsServer server = await NatsServer.StartAsync();
        await using var near = SharedSpeakerLevels.Open(server.Address);
        await using var far = SharedSpeakerLevels.Open(server.Address);
        foreach ((int i, string name) in names.Index())
            near.Remember(name, names[^(i + 1)], -20 - i);

        foreach ((int i, string name) in names.Index())
        {
            await KnowsAsync(far, name, names[^(i + 1)]);
            Assert.Equal(-20 - i, far.Recall(name, names[^(i + 1)]));
        }

        Assert.Null(far.Recall("a", ".b"));
    }

    [Fact]
    public void A_copy_keeps_what_changed_last_and_knows_old_news()
    {
        var copy = new LevelCache(2);
        copy.Received("a", -20, 5);
        copy.Received("a", -30, 4);
        Assert.Equal(-20, copy.Find("a"));
        copy.Measured("b", new SpeakerLevel("b", "", -25));
        copy.Received("b", -40, 9);
        Assert.Equal(-25, copy.Find("b"));
        Assert.Equal("b", copy.NextUnsent()!.Value.Key);
        copy.Sent("b", copy.NextUnsent()!.Value.Level, 10);
        Assert.Null(copy.NextUnsent());
        copy.Received("b", -40, 9);
        Assert.Equal(-25, copy.Find("b"));
        copy.Received("c", -10, 11);
        Assert.Null(copy.Find("a"));
        copy.ForgetRevisions();
        copy.Received("b", -22, 1);
        Assert.Equal(-22, copy.Find("b"));
    }

    [Theory]
    [InlineData("""{"speaker":"rex","place":"","lufs":-23.5}""", -23.5)]
    [InlineData("""{"lufs":-23.5,"of":"a newer version"}""", -23.5)]
    [InlineData("""{"lufs":1e300}""", null)]
    [InlineData("[1]", null)]
    [InlineData("null", null)]
    [InlineData("", null)]
    public void What_others_wrote_is_taken_with_care(string json, double? lufs) =>
        Assert.Equal(lufs, SpeakerLevel.LufsOf(System.Text.Encoding.UTF8.GetBytes(json)));

    private static Task KnowsAsync(SharedSpeakerLevels levels, string speaker, string place) =>
        UntilAsync(() => levels.Recall(speaker, place) is not null);

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (!isSo())
            await Task.Delay(10, limit.Token);
    }

    // A line that is still arriving starts from what is known of its speaker.
    private static async Task<StartingGains> SpeakAsync(FxHost host, double loudness, string speaker)
    {
        byte[] line = LevelledHost.Bytes(LevelledHost.Line("en-us", Rate, loudness));
        SpeechReport report = await host.RenderAsync(
            SpeechAudio.FromChunks(TestHost.InChunksAsync(line, 960), "pcm_24000"),
            System.IO.Pipelines.PipeWriter.Create(System.IO.Stream.Null), TestHost.Float,
            SpeechSelection.OfPreset("loud-18") with { Speaker = speaker }, cancellation: Stop);
        return report.StartingGains!;
    }

    private sealed class News : IProgress<LevelSharing>
    {
        private readonly ConcurrentQueue<LevelSharing> _all = new();

        public LevelSharing[] All => [.. _all];

        public void Report(LevelSharing value) => _all.Enqueue(value);

        public Task SaidAsync(int count) => UntilAsync(() => _all.Count >= count);
    }
}
