using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Caching;
using R3X.FxHost.Tests.Queue;
using Xunit;

namespace R3X.FxHost.Tests.Caching;

public sealed class SpeechCacheTests : IDisposable
{
    // Any bytes are samples.
    private const string Format = "pcm_24000";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-cache-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_folder.FullName, "lines");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_line_that_was_read_to_its_end_is_found_again_with_its_format()
    {
        SpeechCache cache = SpeechCache.Open(Folder);
        Assert.Null(cache.Find("a"));
        byte[] line = Bytes(100_000, 1);
        Assert.Equal(line, await ReadAsync(cache.Keep("a", SpeechAudio.FromChunks(ChunksAsync(line), "pcm_24000"))));
        await cache.StoredAsync();
        SpeechAudio found = SpeechCache.Open(Folder).Find("a")!;
        Assert.Equal("pcm_24000", found.InputFormat);
        Assert.True(found.IsComplete);
        Assert.Equal(line, await ReadAsync(found));
        Assert.Null(cache.Find("b"));
        Assert.Equal(1, cache.Size.Lines);
        Assert.Empty(cache.TakeProblems());
    }

    [Fact]
    public async Task A_line_that_is_interrupted_is_read_on_to_its_end_and_kept()
    {
        SpeechCache cache = SpeechCache.Open(Folder);
        byte[] line = Bytes(100_000, 1);
        using var interruption = new CancellationTokenSource();
        await foreach (ReadOnlyMemory<byte> chunk in cache.Keep("cut",
            SpeechAudio.FromStream(new MemoryStream(line), Format)).ReadAsync(interruption.Token))
        {
            await interruption.CancelAsync();
            break;
        }

        // It is read by another thread.
        while (cache.Find("cut") is null)
            await Task.Delay(1, Cancellation);
        Assert.Equal(line, await ReadAsync(cache.Find("cut")!));
    }

    [Fact]
    public async Task A_line_that_breaks_off_is_left_early_is_empty_or_holds_no_sound_is_not_kept()
    {
        SpeechCache cache = SpeechCache.Open(Folder);
        await Assert.ThrowsAsync<IOException>(() =>
            ReadAsync(cache.Keep("broken", SpeechAudio.FromChunks(ChunksAsync(Bytes(50_000, 1), failAt: 3), Format))));
        await foreach (ReadOnlyMemory<byte> chunk in cache.Keep("left",
            SpeechAudio.FromChunks(ChunksAsync(Bytes(50_000, 1)), Format)).ReadAsync(Cancellation))
            break;
        await ReadAsync(cache.Keep("empty", SpeechAudio.FromBytes(default)));
        // What a service answers that has no line to give.
        await ReadAsync(cache.Keep("page", SpeechAudio.FromBytes("<html>429 Too Many Requests</html>"u8.ToArray())));
        await ReadAsync(cache.Keep("header", SpeechAudio.FromBytes(FloatWav.Of([], 48_000))));
        await ReadAsync(cache.Keep("odd", SpeechAudio.FromBytes(new byte[] { 1 }, "pcm_24000")));
        await cache.StoredAsync();
        Assert.All((string[])["broken", "left", "empty", "page", "header", "odd"], key => Assert.Null(cache.Find(key)));
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task What_is_kept_is_told_the_line_used_last_first()
    {
        SpeechCache cache = SpeechCache.Open(Folder);
        Assert.Empty(cache.Lines);
        await KeepAsync(cache, "a", Bytes(1_000, 1));
        await ReadAsync(cache.Keep("b", SpeechAudio.FromBytes(FloatWav.Of([0.1f, 0.2f], 48_000))));
        await cache.StoredAsync();
        Age("a", TimeSpan.FromHours(1));
        await File.WriteAllBytesAsync(PathOf("c"), Bytes(1_000, 2), Cancellation);
        Assert.Equal([("b", null), ("a", "pcm_24000")], cache.Lines.Select(line => (line.Key, line.InputFormat)));
        Assert.Equal(1_000, cache.Lines[1].Bytes);
        Assert.InRange((TimeProvider.System.GetUtcNow() - cache.Lines[1].LastUsed).TotalMinutes, 60, 62);
        Assert.Contains(cache.TakeProblems(), problem => problem.Contains(PathOf("c"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_used_longest_ago_goes_first()
    {
        SpeechCache cache = SpeechCache.Open(Folder, new CacheLimits { TotalBytes = 35_000 });
        foreach (string key in (string[])["a", "b", "c"])
        {
            await KeepAsync(cache, key, Bytes(10_000, 1));
            Age(key, TimeSpan.FromHours(3 - (key[0] - 'a')));
        }

        Assert.NotNull(cache.Find("a"));
        await KeepAsync(cache, "d", Bytes(10_000, 1));
        Assert.Equal(["a", "c", "d"], ((string[])["a", "b", "c", "d"]).Where(key => cache.Find(key) is not null));
    }

    [Fact]
    public async Task What_was_not_used_for_too_long_is_gone_and_what_is_too_large_is_not_kept()
    {
        SpeechCache cache = SpeechCache.Open(
            Folder, new CacheLimits { Age = TimeSpan.FromDays(7), EntryBytes = 20_000 });
        await KeepAsync(cache, "old", Bytes(1_000, 1));
        Age("old", TimeSpan.FromDays(8));
        Assert.Null(cache.Find("old"));
        byte[] large = Bytes(20_001, 2);
        Assert.Equal(large, await ReadAsync(cache.Keep("large", SpeechAudio.FromChunks(ChunksAsync(large), Format))));
        await KeepAsync(cache, "new", Bytes(20_000, 3));
        Assert.Null(cache.Find("large"));
        Assert.NotNull(cache.Find("new"));
        Assert.False(File.Exists(PathOf("old")));
    }

    [Fact]
    public async Task A_damaged_file_is_reported_and_replaced_and_a_foreign_one_left_alone()
    {
        SpeechCache cache = SpeechCache.Open(Folder, new CacheLimits { TotalBytes = 5_000 });
        byte[] line = Bytes(1_000, 1);
        await KeepAsync(cache, "a", line);
        string foreign = Path.Combine(Folder, "notes.r3x-line");
        await File.WriteAllBytesAsync(foreign, Bytes(50_000, 5), Cancellation);
        byte[] whole = await File.ReadAllBytesAsync(PathOf("a"), Cancellation);
        for (int at = 0; at < whole.Length; at += 7)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x40;
            await File.WriteAllBytesAsync(PathOf("a"), damaged, Cancellation);
            Assert.Null(cache.Find("a"));
            await File.WriteAllBytesAsync(PathOf("a"), whole[..at], Cancellation);
            Assert.Null(cache.Find("a"));
        }

        Assert.Contains(cache.TakeProblems(), problem => problem.Contains(PathOf("a"), StringComparison.Ordinal)
            && problem.Contains("checksum", StringComparison.Ordinal));
        await KeepAsync(cache, "a", line);
        Assert.NotNull(cache.Find("a"));
        cache.Clear();
        Assert.Equal([foreign], Directory.EnumerateFiles(Folder));
    }

    [Fact]
    public async Task Two_keys_that_should_ever_share_a_name_are_told_apart()
    {
        SpeechCache cache = SpeechCache.Open(Folder);
        await KeepAsync(cache, "a", Bytes(1_000, 1));
        File.Move(PathOf("a"), PathOf("b"));
        Assert.Null(cache.Find("b"));
        Assert.Empty(cache.TakeProblems());
    }

    [Fact]
    public async Task A_disk_that_cannot_be_written_costs_no_line()
    {
        await File.WriteAllTextAsync(Folder, "a file where the folder should be", Cancellation);
        SpeechCache cache = SpeechCache.Open(Folder);
        byte[] line = Bytes(10_000, 1);
        Assert.Null(cache.Find("a"));
        Assert.Equal(line, await ReadAsync(cache.Keep("a", SpeechAudio.FromBytes(line, Format))));
        await cache.StoredAsync();
        string problem = Assert.Single(
            cache.TakeProblems(), problem => problem.Contains("spoken all the same", StringComparison.Ordinal));
        Assert.Contains(Folder, problem, StringComparison.Ordinal);
        Assert.Empty(cache.TakeProblems());
    }

    [Fact]
    public async Task Many_who_keep_find_and_let_go_at_once_never_get_a_wrong_or_half_line()
    {
        string[] keys = [.. Enumerable.Range(0, 12).Select(i => $"line {i}")];
        var limits = new CacheLimits { TotalBytes = 120_000 };
        int found = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), new ParallelOptions { MaxDegreeOfParallelism = 8,
            CancellationToken = Cancellation }, async (who, cancellation) =>
        {
            // As a process of its own would: it shares nothing but the folder.
            SpeechCache cache = SpeechCache.Open(Folder, limits);
            var random = new Random(who);
            for (int i = 0; i < 60; i++)
            {
                int line = random.Next(keys.Length);
                if (cache.Find(keys[line]) is { } kept)
                {
                    byte[] bytes = await ReadAsync(kept);
                    Assert.Equal(Bytes(bytes.Length, line), bytes);
                    Interlocked.Increment(ref found);
                }
                else
                {
                    await KeepAsync(cache, keys[line], Bytes(random.Next(2, 30_000), line));
                }
            }

            Assert.Empty(cache.TakeProblems());
        });
        Assert.True(found > 50, $"{found}");
        Assert.InRange(SpeechCache.Open(Folder, limits).Size.Bytes, 1, 120_000 + (8 * 31_000));
        Assert.All(Directory.EnumerateFiles(Folder), file =>
            Assert.EndsWith(CacheEntry.Ending, file, StringComparison.Ordinal));
    }

    [Fact]
    public void Keys_of_different_parts_are_different()
    {
        string[] keys =
        [
            SpeechCache.Key("ab", "c"), SpeechCache.Key("a", "bc"), SpeechCache.Key("abc"),
                SpeechCache.Key("ab", "c", null),
            SpeechCache.Key("ab", "c", ""), SpeechCache.Key("1:a;"), SpeechCache.Key("a", "-;"),
                SpeechCache.Key("a", null),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(SpeechCache.Key("Hello", "voice", null), SpeechCache.Key("Hello", "voice", null));
    }

    private string PathOf(string key) => Path.Combine(Folder, CacheEntry.FileName(key));

    private void Age(string key, TimeSpan age) =>
        File.SetLastWriteTimeUtc(PathOf(key), TimeProvider.System.GetUtcNow().UtcDateTime - age);

    private static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static async Task KeepAsync(SpeechCache cache, string key, byte[] line)
    {
        await ReadAsync(cache.Keep(key, SpeechAudio.FromBytes(line, Format)));
        await cache.StoredAsync();
    }

    private static async Task<byte[]> ReadAsync(SpeechAudio audio)
    {
        var bytes = new List<byte>();
        await foreach (ReadOnlyMemory<byte> chunk in audio.ReadAsync(Cancellation))
            bytes.AddRange(chunk.Span);
        return [.. bytes];
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ChunksAsync(byte[] bytes, int failAt = -1)
    {
        for (int i = 0; i * 10_000 < bytes.Length; i++)
        {
            await Task.Yield();
            if (i == failAt)
                throw new IOException("The connection is gone.");
            yield return bytes.AsMemory(i * 10_000, Math.Min(10_000, bytes.Length - (i * 10_000)));
        }
    }
}
