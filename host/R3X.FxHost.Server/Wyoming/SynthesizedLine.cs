using System;
using System.Buffers;
using System.IO;
using System.IO.Pipelines;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Decoding;
using R3X.FxHost.Formats;
using R3X.FxHost.Lines;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Wyoming;

/// <summary>
/// A line that the speech service speaks and one chain processes, with one beginning and one end for the caller however
/// many sentences it has.
/// </summary>
/// <param name="services">What lines need.</param>
/// <param name="client">The caller.</param>
/// <param name="caller">Where the caller is.</param>
/// <param name="request">What is spoken.</param>
/// <param name="isStreamed">Whether its text comes in pieces.</param>
internal sealed class SynthesizedLine(
    WyomingServices services, WyomingStream client, IPAddress? caller, LineRequest request, bool isStreamed)
{
    // Home Assistant's own are 2 kB; larger ones would wait for their last sample.
    private const int MostPayload = 16 * 1024;

    private readonly LineProgress _progress = new();
    private bool _isBegun;

    /// <summary>Speaks it. Whatever goes wrong is told to the caller, who then hears that the line has ended.</summary>
    /// <param name="cancellation">The caller has gone.</param>
    /// <exception cref="IOException">The caller has gone.</exception>
    /// <exception cref="OperationCanceledException">The caller has gone.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        WyomingEvent? problem;
        using (IDisposable? place = services.Counter.TryBegin(caller, out _))
        {
            problem = place is not null ? await SpeakAsync(cancellation) : WyomingEvent.Error(
                "The server has as many lines in work as it may. Try again, or raise limits: lines and lines-of-one "
                + "under serve: in host.yaml.", "busy");
        }

        request.Complete();
        if (problem is not null)
            await client.WriteAsync(problem, cancellation);
        // Home Assistant does not look at errors: it waits for these.
        await client.WriteAsync(new WyomingEvent("audio-stop"), cancellation);
        if (isStreamed)
            await client.WriteAsync(new WyomingEvent("synthesize-stopped"), cancellation);
    }

    private async Task<WyomingEvent?> SpeakAsync(CancellationToken cancellation)
    {
        TimeSpan time = services.Settings.Limits.Time;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(time);
        try
        {
            bool streams = await services.Upstream.StreamsAsync(request.PlainVoice, limit.Token);
            WyomingStream upstream;
            try
            {
                upstream = await services.Upstream.ConnectAsync(limit.Token);
            }
            catch (IOException e)
            {
                return WyomingEvent.Error(e.Message, "upstream-failed");
            }

            await using (upstream)
                return await SpeakAsync(upstream, streams, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return WyomingEvent.Error($"The line took longer than {time.TotalSeconds:0} s. See limits: time under "
                + "serve: in host.yaml.", "too-long");
        }
    }

    private async Task<WyomingEvent?> SpeakAsync(
        WyomingStream upstream, bool streams, CancellationToken cancellation)
    {
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task sent = request.SendAsync(upstream, streams, sending.Token);
        var speech = new UpstreamSpeech(upstream, streams, () => sent.IsCompleted, services.Settings.Limits.Idle);
        try
        {
            WyomingEvent? unheard = await speech.OpenAsync(cancellation) is { } format
                ? await HearAsync(speech, format, cancellation) : null;
            return request.Refusal ?? speech.Failure ?? unheard;
        }
        finally
        {
            await sending.CancelAsync();
            await sent;
        }
    }

    // Takes what the service says through the chain; what is wrong with that, if anything.
    private async Task<WyomingEvent?> HearAsync(
        UpstreamSpeech speech, WaveHead format, CancellationToken cancellation)
    {
        SpeechAudio audio = SpeechAudio.FromChunks(speech.ReadAsync(cancellation)).Named("the speech service's answer");
        var output = new OutputFormat(AudioFormatName.Parse(format.Channels == 2 ? "pcm_stereo" : "pcm"));
        var pipe = new Pipe();
        using var rendering = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<WyomingEvent?> rendered = RenderAsync(audio, pipe.Writer, output, rendering.Token);
        try
        {
            await WriteSoundAsync(pipe.Reader, output.Name.Channels, cancellation);
        }
        finally
        {
            await rendering.CancelAsync();
            await rendered;
        }

        return await rendered;
    }

    private async Task<WyomingEvent?> RenderAsync(
        SpeechAudio audio, PipeWriter output, OutputFormat format, CancellationToken cancellation)
    {
        try
        {
            await services.Host.RenderAsync(audio, output, format, request.Selection(), _progress, cancellation);
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception e) when (e is UnreadableAudioException or IOException or NotSupportedException
            or ObjectDisposedException)
        {
            return WyomingEvent.Error(e.Message, "no-sound");
        }
        finally
        {
            await output.CompleteAsync();
        }
    }

    private async Task WriteSoundAsync(PipeReader sound, int channels, CancellationToken cancellation)
    {
        int frame = channels * sizeof(short);
        try
        {
            ReadResult read;
            do
            {
                read = await sound.ReadAsync(cancellation);
                ReadOnlySequence<byte> rest = read.Buffer;
                while (rest.Length >= frame)
                {
                    ReadOnlySequence<byte> piece = rest.Slice(0, Math.Min(MostPayload, rest.Length / frame * frame));
                    await WriteAsync(piece.ToArray(), channels, cancellation);
                    rest = rest.Slice(piece.End);
                }

                sound.AdvanceTo(rest.Start, rest.End);
            }
            while (!read.IsCompleted);
        }
        finally
        {
            // Whoever still renders is told that nobody listens.
            await sound.CompleteAsync();
        }
    }

    private async Task WriteAsync(byte[] payload, int channels, CancellationToken cancellation)
    {
        int rate = _progress.Format.SampleRate;
        if (!_isBegun)
        {
            _isBegun = true;
            JsonObject start = Format(rate, channels);
            start[Selections.Field] = new JsonObject
            {
                ["preset"] = _progress.Preset,
                ["warnings"] = new JsonArray([.. _progress.Warnings.Select(static text => JsonValue.Create(text))]),
            };
            await client.WriteAsync(new WyomingEvent("audio-start", start), cancellation);
        }

        await client.WriteAsync(new WyomingEvent("audio-chunk", Format(rate, channels), payload), cancellation);
    }

    private static JsonObject Format(int rate, int channels) =>
        new() { ["rate"] = rate, ["width"] = sizeof(short), ["channels"] = channels };
}
