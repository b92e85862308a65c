using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Encoding;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Lines;

/// <summary>Takes a line to an encoder.</summary>
/// <param name="output">What the encoder writes to; a line is taken back where it can seek.</param>
/// <param name="open">Opens the encoder for the line's format.</param>
internal sealed class EncoderSink(Stream output, Func<AudioFormat, IEncoder> open) : IRepeatableSink, IDisposable
{
    private IEncoder? _encoder;
    private long _first;
    private long _end;

    public string? Warning => _encoder?.Warning;

    public ValueTask OpenAsync(AudioFormat format, CancellationToken cancellation)
    {
        _first = output.CanSeek ? output.Position : 0;
        _encoder = open(format);
        return ValueTask.CompletedTask;
    }

    public ValueTask WriteAsync(AudioBuffer buffer, int start, int frames, CancellationToken cancellation)
    {
        _encoder!.Write(buffer.Block(start, frames));
        return ValueTask.CompletedTask;
    }

    public void StartOver()
    {
        AudioFormat format = _encoder!.Format;
        _encoder.Dispose();
        _end = Math.Max(_end, output.Position);
        output.Position = _first;
        _encoder = open(format);
    }

    public ValueTask CompleteAsync(CancellationToken cancellation)
    {
        _encoder!.Complete();
        // Another gain may have had the tail die away later.
        if (_end > 0 && _end > output.Position && _end == output.Length)
            output.SetLength(output.Position);
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _encoder?.Dispose();
}
