using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Decoding;

namespace R3X.FxHost;

/// <summary>A spoken line's bytes: a file, bytes in memory, or a stream that is still arriving. It is read
/// once.</summary>
public sealed class SpeechAudio
{
    /// <summary>How many bytes are read at once.</summary>
    internal const int ReadBytes = 16 * 1024;

    private readonly Func<CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> _read;

    private readonly Func<bool> _isComplete;

    private readonly string? _path;

    private SpeechAudio(
        string name, string? inputFormat, Func<bool> isComplete,
            Func<CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> read, string? path = null)
    {
        _isComplete = isComplete;
        _path = path;
        Name = name;
        InputFormat = inputFormat;
        _read = read;
    }

    /// <summary>
    /// A chunk that asks for all that the chain holds back, as the voice rests here: what is rendered into a pipe then
    /// goes on with silence as long as the chain's latency. Elsewhere it says nothing.
    /// </summary>
    public static ReadOnlyMemory<byte> FlushRequest { get; } = new byte[1].AsMemory(0, 0);

    /// <summary>What messages call it: the path, or what kind of stream it is.</summary>
    public string Name { get; }

    /// <summary>
    /// The format of headerless input, by its ElevenLabs name (<c>pcm_24000</c>, <c>ulaw_8000</c>); null when the bytes
    /// tell.
    /// </summary>
    public string? InputFormat { get; }

    /// <summary>A file. It is opened when the line begins.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="inputFormat">The format's name where the bytes do not tell.</param>
    public static SpeechAudio FromFile(string path, string? inputFormat = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new SpeechAudio(
            path, inputFormat, () => IsWholeFile(path), cancellation => ReadFileAsync(path, cancellation), path);
    }

    /// <summary>Bytes in memory, which must not change while the line is spoken.</summary>
    /// <param name="bytes">The whole line.</param>
    /// <param name="inputFormat">The format's name where the bytes do not tell.</param>
    public static SpeechAudio FromBytes(ReadOnlyMemory<byte> bytes, string? inputFormat = null) =>
        new("the bytes given", inputFormat, static () => true, cancellation => ReadBytesAsync(bytes));

    /// <summary>A stream, read as bytes arrive; the caller keeps and closes it.</summary>
    /// <param name="stream">A readable stream.</param>
    /// <param name="inputFormat">The format's name where the bytes do not tell.</param>
    public static SpeechAudio FromStream(Stream stream, string? inputFormat = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new SpeechAudio(
            "the stream given", inputFormat, static () => false, cancellation => ReadStreamAsync(stream, cancellation));
    }

    /// <summary>Chunks as a client library hands them out, cut anywhere. A chunk must stay valid until the next is
    /// asked for.</summary>
    /// <param name="chunks">The chunks, in order.</param>
    /// <param name="inputFormat">The format's name where the bytes do not tell.</param>
    public static SpeechAudio FromChunks(IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, string? inputFormat = null)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        return new SpeechAudio("the stream given", inputFormat, static () => false, cancellation => chunks);
    }

    /// <summary>The same audio under another name in messages.</summary>
    /// <param name="name">Such as <c>standard input</c>.</param>
    public SpeechAudio Named(string name) => new(name, InputFormat, _isComplete, _read, _path);

    /// <summary>
    /// The same audio, waited for to its end and measured before it sounds, as a file is: for what does not come at the
    /// pace of speech, such as an upload whose length is known.
    /// </summary>
    public SpeechAudio MeasuredFirst() => new(Name, InputFormat, static () => true, _read);

    /// <summary>
    /// The same audio, its bytes passed through something on their way. They are read once; the source itself is not
    /// told of a cancellation.
    /// </summary>
    internal SpeechAudio Through(
        Func<IAsyncEnumerable<ReadOnlyMemory<byte>>, CancellationToken, IAsyncEnumerable<ReadOnlyMemory<byte>>> pass) =>
        new(Name, InputFormat, _isComplete, cancellation => pass(_read(CancellationToken.None), cancellation));

    /// <summary>Whether all of it is there already, so that it can be measured before it is spoken.</summary>
    internal bool IsComplete => _isComplete();

    /// <summary>Whether its bytes can be read a second time: those of a file.</summary>
    internal bool CanReadAgain => _path is not null && IsComplete;

    /// <summary>Its bytes from the first on.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    internal Stream OpenAgain() => InputFile.Open(_path!);

    internal IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellation) => _read(cancellation);

    // A named pipe has a path, too, and no length.
    private static bool IsWholeFile(string path)
    {
        var file = new FileInfo(Path.GetFullPath(path));
        bool isDevice = file.FullName.StartsWith("/dev/", StringComparison.Ordinal)
            || file.FullName.StartsWith("/proc/", StringComparison.Ordinal);
        return file.Exists && !isDevice && file.Length > 0;
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadFileAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // A read of a pipe cannot be cancelled, so it is left behind.
        bool mayWait = !IsWholeFile(path);
        using FileStream file = InputFile.Open(path, cancellation);
        byte[] buffer = new byte[ReadBytes];
        while (true)
        {
            // Plain synchronous reads: the pipeline has a thread of its own, and async file I/O only adds hops.
            int read = mayWait
                ? await file.ReadAsync(buffer, CancellationToken.None).AsTask().WaitAsync(cancellation)
                : file.Read(buffer);
            if (read == 0)
                break;
            cancellation.ThrowIfCancellationRequested();
            yield return buffer.AsMemory(0, read);
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadStreamAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        byte[] buffer = new byte[ReadBytes];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
            yield return buffer.AsMemory(0, read);
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        await Task.CompletedTask;
        yield return bytes;
    }
}
