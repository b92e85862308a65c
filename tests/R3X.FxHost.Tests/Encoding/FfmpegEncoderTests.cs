using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Encoding;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Decoding;
using Xunit;

namespace R3X.FxHost.Tests.Encoding;

public sealed class FfmpegEncoderTests
{
    private static readonly AudioFormat Format = new(24_000, 1);

    [Fact]
    public async Task What_was_given_goes_out_while_the_line_rests()
    {
        var stream = new Answer();
        using FfmpegEncoder encoder = Open(stream, "aac");
        encoder.Write(new AudioBlock(Sound(20 * 1_024)));
        // Nothing more is written, and AAC keeps a frame.
        while (AacFrames(stream.Bytes) < 19)
            await stream.More.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        encoder.Complete();
        Assert.Equal(21, AacFrames(stream.Bytes));
    }

    [Fact]
    public async Task A_reader_who_stops_holds_the_line_up_and_loses_nothing()
    {
        var stream = new Answer { IsOpen = false };
        using FfmpegEncoder encoder = Open(stream, "mkv");
        float[] sound = Sound(Format.SampleRate * 20);
        int given = 0;
        var writing = Task.Run(() =>
        {
            for (; given < sound.Length; given += 1_000)
                encoder.Write(new AudioBlock(sound.AsSpan(given, 1_000)));
            encoder.Complete();
        });
        // It comes to rest: pipes and buffers are full, which takes less than the line has.
        for (int before = -1; before != Volatile.Read(ref given) || before == 0;)
        {
            before = Volatile.Read(ref given);
            await Task.Delay(300, TestContext.Current.CancellationToken);
        }

        Assert.InRange(Volatile.Read(ref given), 1_000, sound.Length - 1);
        Assert.False(writing.IsCompleted);
        stream.IsOpen = true;
        await writing;
        Assert.Equal(sound.Length, Decoded.From(stream.Bytes).Frames);
    }

    [Fact]
    public void A_reader_who_is_gone_ends_the_line_with_the_streams_own_error()
    {
        using FfmpegEncoder encoder = Open(new Answer { Failure = "Broken pipe." }, "aac");
        var e = Assert.Throws<IOException>(() =>
        {
            for (int second = 0; second < 100; second++)
                encoder.Write(new AudioBlock(Sound(Format.SampleRate)));
            encoder.Complete();
        });
        Assert.Equal("Broken pipe.", e.Message);
    }

    [Fact]
    public void A_line_that_is_given_up_ends_the_process_though_its_reader_stopped()
    {
        var stream = new Answer { IsOpen = false };
        FfmpegEncoder encoder = Open(stream, "aac");
        encoder.Write(new AudioBlock(Sound(Format.SampleRate)));
        encoder.Dispose();
        Assert.Empty(stream.Bytes);
    }

    [Fact]
    public async Task A_line_that_is_cancelled_while_its_reader_stopped_ends()
    {
        using var cancelling = new CancellationTokenSource();
        AudioFormatName name = AudioFormatName.Parse("mkv");
        using var encoder = new FfmpegEncoder(new Answer { IsOpen = false }, Format, name,
            FfmpegEncoder.Start(name, FfmpegProcess.Find()!), cancelling.Token);
        var writing = Task.Run(() =>
        {
            float[] sound = Sound(Format.SampleRate);
            while (true)
                encoder.Write(new AudioBlock(sound));
        });
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void It_may_be_started_before_the_format_is_known(int channels)
    {
        AudioFormatName name = AudioFormatName.Parse("mkv");
        using FfmpegProcess process = Encoders.StartProcess(name, FfmpegProcess.Find)!;
        var stream = new Answer();
        var format = new AudioFormat(11_025, channels);
        using IEncoder encoder = Encoders.Open(
            stream, format, name, 1, SampleFormat.Int16, uint.MaxValue, process);
        StreamedLine.Write(encoder, 500, [.. Enumerable.Repeat(Sound(5_000), channels)]);
        encoder.Complete();
        Decoded decoded = Decoded.From(stream.Bytes);
        Assert.Equal(format, decoded.Format);
        Assert.Equal(5_000, decoded.Frames);
    }

    private static FfmpegEncoder Open(Stream stream, string name)
    {
        AudioFormatName parsed = AudioFormatName.Parse(name);
        return new FfmpegEncoder(stream, Format, parsed, FfmpegEncoder.Start(parsed, FfmpegProcess.Find()!));
    }

    private static float[] Sound(int frames)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, frames).Select(_ => (random.NextSingle() * 0.2f) - 0.1f)];
    }

    private static int AacFrames(byte[] adts)
    {
        int frames = 0;
        for (int at = 0; at + 6 < adts.Length; frames++)
            at += ((adts[at + 3] & 3) << 11) | (adts[at + 4] << 3) | (adts[at + 5] >> 5);
        return frames;
    }

    // An answer's body: written asynchronously, by a reader's leave.
    private sealed class Answer : OneWayStream
    {
        private readonly MemoryStream _bytes;
        private readonly SemaphoreSlim _more = new(0);
        private TaskCompletionSource _open = new();

        public Answer()
            : this(new MemoryStream())
        {
        }

        private Answer(MemoryStream bytes)
            : base(bytes) => (_bytes, IsOpen) = (bytes, true);

        public string? Failure { get; init; }

        public bool IsOpen
        {
            set
            {
                if (value)
                    _open.TrySetResult();
                else
                    _open = new TaskCompletionSource();
            }
        }

        public byte[] Bytes
        {
            get
            {
                lock (_bytes)
                    return _bytes.ToArray();
            }
        }

        public Task More => _more.WaitAsync();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellation)
        {
            await _open.Task.WaitAsync(cancellation);
            if (Failure is not null)
                throw new IOException(Failure);
            lock (_bytes)
                _bytes.Write(buffer.Span);
            _more.Release();
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        // As in a web server, which allows none.
        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException();

        public override void Flush() => throw new InvalidOperationException();

        protected override void Dispose(bool disposing)
        {
            _more.Dispose();
            base.Dispose(disposing);
        }
    }
}
