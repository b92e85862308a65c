using System;
using System.IO;

namespace R3X.FxHost.Cli;

/// <summary>A stream that is written while that works: a full disk behind standard error costs the messages, and
/// nothing else.</summary>
/// <param name="inner">The stream.</param>
internal class ForgivingOutput(Stream inner) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException)
        {
            // Nobody can be told.
        }
    }

    public override void Flush()
    {
    }
}

/// <summary>A stream that was closed before the program began.</summary>
internal sealed class ClosedOutput() : ForgivingOutput(Null)
{
    public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("It is closed");
}
