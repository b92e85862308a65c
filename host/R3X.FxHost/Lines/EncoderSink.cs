using System;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Encoding;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Lines;

/// <summary>Takes a line to an encoder.</summary>
/// <param name="open">Opens the encoder for the line's format.</param>
internal sealed class EncoderSink(Func<AudioFormat, IEncoder> open) : ILineSink, IDisposable
{
    private IEncoder? _encoder;

    public string? Warning => _encoder?.Warning;

    public ValueTask OpenAsync(AudioFormat format, CancellationToken cancellation)
    {
        _encoder = open(format);
        return ValueTask.CompletedTask;
    }

    public ValueTask WriteAsync(AudioBuffer buffer, int start, int frames, CancellationToken cancellation)
    {
        _encoder!.Write(buffer.Block(start, frames));
        return ValueTask.CompletedTask;
    }

    public ValueTask CompleteAsync(CancellationToken cancellation)
    {
        _encoder!.Complete();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _encoder?.Dispose();
}
