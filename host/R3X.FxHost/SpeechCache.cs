using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Caching;
using R3X.FxHost.Decoding;
using R3X.FxHost.Sdk;

namespace R3X.FxHost;

/// <summary>
/// Lines as the voice spoke them, dry, under keys their caller gives: a line that was bought once is not bought again,
/// and sounds as whatever preset it is spoken with today. Threads and processes may share a folder. A disk that is full
/// or cannot be written never costs a line: it is spoken, not kept, and <see cref="TakeProblems"/> tells. Any thread.
/// </summary>
public sealed class SpeechCache
{
    private const int MostProblems = 16;

    private readonly CacheFolder _folder;
    private readonly CacheLimits _limits;
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _storing = [];
    private readonly List<string> _problems = [];

    private SpeechCache(string folder, CacheLimits limits)
    {
        Folder = Path.GetFullPath(folder);
        _limits = limits;
        _folder = new CacheFolder(Folder, limits, Note);
    }

    /// <summary>The user's own folder for a cache, for programs that were named none.</summary>
    public static string UsersFolder
    {
        get
        {
            string? named = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            string folder = !string.IsNullOrEmpty(named) ? named
                : OperatingSystem.IsWindows()
                ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            return Path.Combine(folder, "r3x-lines");
        }
    }

    /// <summary>Where the lines are.</summary>
    public string Folder { get; }

    /// <summary>How many lines are kept, and their size in bytes.</summary>
    public (int Lines, long Bytes) Size => _folder.Size();

    /// <summary>What is kept, the line used last first. Reads every file's beginning.</summary>
    public IReadOnlyList<CachedLine> Lines => [.. _folder.List()];

    /// <summary>Opens a cache. The folder need not exist; it is made with the first line.</summary>
    /// <param name="folder">A folder of the cache's own; other files in it are left alone.</param>
    /// <param name="limits">How much is kept; null takes <see cref="CacheLimits.Default"/>.</param>
    public static SpeechCache Open(string folder, CacheLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return new SpeechCache(folder, limits ?? CacheLimits.Default);
    }

    /// <summary>A key for a line: whatever changes how it is spoken belongs into it.</summary>
    /// <param name="parts">Text, voice, model, settings, format, ...; a null is not an empty part.</param>
    public static string Key(params IReadOnlyList<string?> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        // With their lengths, so that no two lists of parts read the same.
        return string.Concat(parts.Select(static part =>
            part is null ? "-;" : string.Create(CultureInfo.InvariantCulture, $"{part.Length}:{part};")));
    }

    /// <summary>Finds a line. It thereby counts as used just now.</summary>
    /// <param name="key">Its key, any text.</param>
    /// <returns>The line, complete and in memory; null when it is not there, too old, or damaged.</returns>
    public SpeechAudio? Find(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _folder.Find(key) is { } entry ? SpeechAudio.FromBytes(entry.Bytes,
            entry.Format.Length > 0 ? entry.Format : null).Named("the line from the cache") : null;
    }

    /// <summary>
    /// Keeps a line while it is spoken. Only what arrives to its end is kept, in the background when it has; what
    /// breaks off or holds no sound is not. The source of a line that is interrupted is read on to its end, unless its
    /// owner closes it: it was bought.
    /// </summary>
    /// <param name="key">Its key, any text.</param>
    /// <param name="audio">The line.</param>
    /// <returns>The line to speak in its place.</returns>
    public SpeechAudio Keep(string key, SpeechAudio audio)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(audio);
        return audio.Through((chunks, cancellation) => KeepAsync(key, audio.InputFormat, chunks, cancellation));
    }

    /// <summary>Forgets a line, as one that turned out to be none.</summary>
    /// <param name="key">Its key.</param>
    public void Remove(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _folder.Remove(key);
    }

    /// <summary>Forgets every line. Other files in the folder stay.</summary>
    public void Clear() => _folder.Remove(null);

    /// <summary>Done when what has arrived by now is kept: before a program ends.</summary>
    public Task StoredAsync()
    {
        lock (_gate)
            return Task.WhenAll(_storing);
    }

    /// <summary>Gives what went wrong since the last call, in words for people; of many, the first few.</summary>
    public IReadOnlyList<string> TakeProblems()
    {
        lock (_gate)
        {
            string[] problems = [.. _problems];
            _problems.Clear();
            return problems;
        }
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> KeepAsync(
        string key, string? format, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks,
            [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArrayBufferWriter<byte>? kept = new();
        // Not told of a line that is cut: what was bought is kept all the same.
        IAsyncEnumerator<ReadOnlyMemory<byte>> source = chunks.GetAsyncEnumerator(CancellationToken.None);
        bool isCut = true;
        try
        {
            while (await MoveNextAsync())
            {
                if (!Keep(source.Current.Span))
                    kept = null;
                yield return source.Current;
            }
        }
        finally
        {
            if (isCut && kept is not null && cancellation.IsCancellationRequested)
                _ = Task.Run(ReadOnAsync, CancellationToken.None);
            else
                await source.DisposeAsync();
        }

        if (kept is { WrittenCount: > 0 })
            Store(new CacheEntry(key, format ?? "", kept.WrittenMemory));

        bool Keep(ReadOnlySpan<byte> chunk)
        {
            if (kept is null || kept.WrittenCount + (long)chunk.Length > _limits.EntryBytes)
                return false;
            kept.Write(chunk);
            return true;
        }

        async ValueTask<bool> MoveNextAsync()
        {
            // Whatever ends the source, its own failure too, leaves nothing to be read.
            isCut = false;
            bool isMore = await source.MoveNextAsync();
            isCut = isMore;
            return isMore;
        }

        async Task ReadOnAsync()
        {
            try
            {
                bool fits = true;
                while (fits && await source.MoveNextAsync())
                    fits = Keep(source.Current.Span);
                if (fits)
                    Store(new CacheEntry(key, format ?? "", kept!.WrittenMemory));
            }
            catch (Exception e) when (
                e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                // Its owner has closed it: there is nothing whole to keep.
            }
            finally
            {
                await source.DisposeAsync();
            }
        }
    }

    // The line does not wait for the disk.
    private void Store(CacheEntry entry)
    {
        lock (_gate)
        {
            var storing = new Task(() =>
            {
                if (HoldsSound(SpeechAudio.FromBytes(entry.Bytes, entry.Format.Length > 0 ? entry.Format : null)))
                    _folder.Keep(entry);
            });
            _storing.Add(storing);
            storing.ContinueWith(Stored, TaskScheduler.Default);
            storing.Start(TaskScheduler.Default);
        }
    }

    // Whether the bytes are a line: whether a frame of sound comes out of them.
    private static bool HoldsSound(SpeechAudio audio)
    {
        try
        {
            using var reader = new LineReader(audio);
            return reader.Read(new AudioBuffer(reader.Open().Channels, 1).Block(1)) > 0;
        }
        catch (Exception e) when (e is UnreadableAudioException or FormatException)
        {
            return false;
        }
    }

    private void Stored(Task storing)
    {
        lock (_gate)
            _storing.Remove(storing);
    }

    private void Note(string problem)
    {
        lock (_gate)
        {
            if (_problems.Count < MostProblems && !_problems.Contains(problem))
                _problems.Add(problem);
        }
    }
}
