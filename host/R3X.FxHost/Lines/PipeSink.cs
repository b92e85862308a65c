using System;
using System.IO;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Encoding;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Lines;

/// <summary>
/// Takes a line to an encoder and its bytes to a pipe: they go out where the line waits for bytes, and where much has
/// gathered. Whoever reads the pipe slowly slows the line down.
/// </summary>
/// <param name="pipe">Where the bytes go; it is not completed.</param>
/// <param name="open">Opens the encoder for the line's format.</param>
/// <param name="levels">Told what is written; null for nobody.</param>
internal sealed class PipeSink(
    PipeWriter pipe, Func<Stream, AudioFormat, IEncoder> open, LineLevels? levels = null) : ILineSink, IDisposable
{
    private const int MostUnflushed = 16 * 1024;

    private readonly PipeStream _stream = new(pipe);
    private IEncoder? _encoder;

    public string? Warning => _encoder?.Warning;

    public ValueTask OpenAsync(AudioFormat format, CancellationToken cancellation)
    {
        _encoder = open(_stream, format);
        levels?.Open(format);
        return ValueTask.CompletedTask;
    }

    public ValueTask WriteAsync(AudioBuffer buffer, int start, int frames, CancellationToken cancellation)
    {
        levels?.Measure(buffer.Block(start, frames));
        _encoder!.Write(buffer.Block(start, frames));
        return _stream.Unflushed > MostUnflushed ? FlushAsync(cancellation) : ValueTask.CompletedTask;
    }

    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (_stream.Unflushed == 0)
            return;
        _stream.Unflushed = 0;
        FlushResult flushed = await pipe.FlushAsync(cancellation);
        if (flushed.IsCompleted || flushed.IsCanceled)
            throw new OperationCanceledException("Nobody reads the line any more.");
    }

    public ValueTask CompleteAsync(CancellationToken cancellation)
    {
        levels?.Complete();
        _encoder!.Complete();
        return FlushAsync(cancellation);
    }

    public void Dispose()
    {
        _encoder?.Dispose();
        _stream.Dispose();
    }

    // PipeWriter.AsStream() flushes, and waits for it, with every write.
    private sealed class PipeStream(PipeWriter pipe) : Stream
    {
        public long Unflushed { get; set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            System.Buffers.BuffersExtensions.Write(pipe, buffer);
            Unflushed += buffer.Length;
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
