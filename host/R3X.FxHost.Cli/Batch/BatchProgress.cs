using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using R3X.FxHost.Cli.Terminals;

namespace R3X.FxHost.Cli.Batch;

/// <summary>How far a batch is: a bar on a terminal, a sentence twice a minute elsewhere. Any thread.</summary>
internal sealed class BatchProgress(int total) : IDisposable, IProgress<string>
{
    private static readonly TimeSpan Sentence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    private readonly ProgressBar _bar = new();
    private readonly Lock _lock = new();
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private TimeSpan _next = Console.IsErrorRedirected ? Sentence : TimeSpan.Zero;
    private int _done;
    private int _found;
    private int _failed;

    /// <summary>One more is done.</summary>
    /// <param name="wasThere">Whether it was there before.</param>
    /// <param name="hasFailed">Whether it could not be done.</param>
    public void Add(bool wasThere = false, bool hasFailed = false)
    {
        lock (_lock)
        {
            _done++;
            _found += wasThere ? 1 : 0;
            _failed += hasFailed ? 1 : 0;
            if (_since.Elapsed < _next && _done < total)
                return;
            if (!Console.IsErrorRedirected)
                _bar.Show(_done / (double)total, Text());
            else if (_done < total)
                Messages.Note(Text());
            _next = _since.Elapsed + (Console.IsErrorRedirected ? Sentence : Redraw);
        }
    }

    /// <summary>Says something besides, above the bar.</summary>
    public void Report(string value)
    {
        lock (_lock)
        {
            if (!Console.IsErrorRedirected)
                Console.Error.Write(StatusLine.Clear);
            Messages.Note(value);
        }
    }

    public void Dispose() => _bar.Dispose();

    private string Text()
    {
        int rendered = _done - _found;
        TimeSpan left = rendered == 0 ? TimeSpan.Zero : _since.Elapsed / rendered * (total - _done);
        return string.Create(CultureInfo.InvariantCulture, $"{_done:#,0} of {total:#,0} files")
            + (_failed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {_failed:#,0} failed"))
            + (rendered == 0 || _done == total ? "" : $", {Words(left)} left");
    }

    private static string Words(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1.5 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds)} s"),
        { TotalHours: < 1.5 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.0} h"),
    };
}
