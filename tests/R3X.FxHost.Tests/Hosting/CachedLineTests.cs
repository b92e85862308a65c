using System.IO;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Lines;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

public sealed class CachedLineTests
{
    [Theory]
    [InlineData("pcm_24000", "{\"detail\":{\"status\":\"quota_exceeded\",\"message\":\"No credits are left.\"}}")]
    [InlineData("ulaw_8000", "<html><head><title>502 Bad Gateway</title></head></html>")]
    [InlineData(null, "Unauthorized")]
    public async Task The_body_of_an_error_is_not_kept(string? format, string body)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("r3x-cached-");
        await using (FxHost host = FxHost.Create(
            new FxHostOptions { PresetFolder = Repository.PathOf("presets"), CacheFolder = folder.FullName }))
        {
            SpeechAudio arriving = SpeechAudio.FromBytes(System.Text.Encoding.UTF8.GetBytes(body), format);
            await Assert.ThrowsAnyAsync<System.Exception>(() => host.RenderAsync(
                host.Cache!.Keep("hello", arriving), Stream.Null, TestHost.Float,
                    cancellation: TestContext.Current.CancellationToken));
            await host.Cache!.StoredAsync();
            Assert.Null(host.Cache.Find("hello"));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_line_from_the_cache_sounds_like_the_one_that_arrived_through_any_preset()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("r3x-cached-");
        await using FxHost host = FxHost.Create(
            new FxHostOptions { PresetFolder = Repository.PathOf("presets"), CacheFolder = folder.FullName });
        SpeechCache cache = host.Cache!;
        SpeechAudio arriving = SpeechAudio.FromFile(SpokenLine.InFormat("pcm_24000"), "pcm_24000");
        byte[] first = await RenderAsync(host, cache.Find("hello") ?? cache.Keep("hello", arriving), "excited");
        await cache.StoredAsync();
        Assert.Equal(first, await RenderAsync(host, cache.Find("hello")!, "excited"));
        Assert.NotEqual(first, await RenderAsync(host, cache.Find("hello")!, "radio"));
        folder.Delete(recursive: true);

        async Task<byte[]> RenderAsync(FxHost through, SpeechAudio audio, string preset)
        {
            using var rendered = new MemoryStream();
            await through.RenderAsync(
                audio, rendered, TestHost.Float, SpeechSelection.OfPreset(preset) with { Seed = 7 }, cancellation);
            return rendered.ToArray();
        }
    }
}
