using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Playout;
using R3X.FxHost.Queue;

namespace R3X.FxHost.Cli;

/// <summary>
/// What happens while lines are heard, a line of text each and as it happens, for a program that reads along: seconds
/// on the device's clock, a word, and what belongs to it, with tabs between.
/// </summary>
internal sealed class EventLines
{
    private readonly TextWriter _output;
    private readonly Lock _gate = new();
    private readonly Task _all;

    /// <summary>Writes from now on, until the queue's host is disposed.</summary>
    public EventLines(SpeechQueue queue, TextWriter output)
    {
        _output = output;
        _all = Task.WhenAll(
            WriteAsync(queue.Events(), static news => (news.Moment, string.Create(CultureInfo.InvariantCulture,
                $"{news.State.ToString().ToLowerInvariant()}\t{news.Utterance.Id}\t{news.Utterance.Audio.Name}"))),
            WriteAsync(queue.Ducking(), static news => (news.Moment, string.Create(CultureInfo.InvariantCulture,
                $"{(news.IsDucked ? "duck" : "unduck")}\t{news.GainDb}\t{news.Fade.TotalMilliseconds}"))),
            WriteAsync(queue.MicMutes(), static news => (news.Moment, news.IsOn ? "mic\tmute" : "mic\topen")));
    }

    /// <summary>Returns when the last line was written.</summary>
    public void Finish() => _all.GetAwaiter().GetResult();

    private async Task WriteAsync<T>(IAsyncEnumerable<T> events, Func<T, (PlaybackMoment Moment, string Text)> words)
    {
        await foreach (T news in events)
        {
            (PlaybackMoment moment, string text) = words(news);
            Write(string.Create(CultureInfo.InvariantCulture, $"{moment.DeviceTime.TotalSeconds:0.000}\t{text}"));
        }
    }

    // At once, for whoever reads along.
    private void Write(string line)
    {
        lock (_gate)
        {
            _output.WriteLine(line);
            _output.Flush();
        }
    }
}
