using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Cli;

/// <summary>A stream that is written, whose errors name what could not be written and what to do.</summary>
/// <param name="inner">The stream; closed with this one.</param>
/// <param name="name">What messages call it, such as <c>"out.wav"</c> with its quotes.</param>
internal sealed class NamedOutput(Stream inner, string name) : Stream
{
    // EPIPE on Unix; ERROR_BROKEN_PIPE and ERROR_NO_DATA on Windows.
    private static readonly int[] ReaderGone = [32, unchecked((int)0x8007006D), unchecked((int)0x800700E8)];

    public override bool CanRead => false;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => true;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    /// <summary>Standard output; that nobody reads it any more is a <see cref="ReaderGoneException"/>.</summary>
    /// <exception cref="IOException">It is closed.</exception>
    public static NamedOutput OpenStandardOutput() => new(Console.OpenStandardOutput(), "Standard output");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => inner.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Named(e);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Named(e);
        }
    }

    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Named(e);
        }
    }

    /// <summary>Closes what is behind it; what was not written until then may fail here.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private IOException Named(Exception e) => Array.IndexOf(ReaderGone, e.HResult) >= 0
        ? new ReaderGoneException(name, e)
        : new IOException($"{name} cannot be written: {e.Message.TrimEnd('.')}. What there is of it is not kept.", e);
}

/// <summary>Whoever read the output has enough of it, as <c>head</c> does. No error: the program just ends.</summary>
internal sealed class ReaderGoneException(string name, Exception cause)
    : IOException($"{name} was closed by its reader.", cause);
