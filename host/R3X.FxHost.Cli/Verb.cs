using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Cli;

/// <summary>A verb of the command: its help has examples, and whatever it meets ends in a message and an exit
/// code.</summary>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    public string[] Examples { get; } = examples;

    /// <summary>
    /// Says what the verb does; its result is the exit code. It has the program's first thread to itself and may wait
    /// on it.
    /// </summary>
    public void Does(Func<ParseResult, CancellationToken, int> work) => SetAction((parsed, cancellation) =>
    {
        try
        {
            return Task.FromResult(work(parsed, cancellation));
        }
        catch (Exception e)
        {
            return Task.FromResult(Messages.Of(Failure.Of(e)));
        }
    });

    /// <inheritdoc cref="Does(Func{ParseResult, CancellationToken, int})"/>
    public void Does(Func<ParseResult, CancellationToken, Task<int>> work) =>
        Does((parsed, cancellation) => work(parsed, cancellation).GetAwaiter().GetResult());

    /// <inheritdoc cref="Does(Func{ParseResult, CancellationToken, int})"/>
    public void Does(Func<ParseResult, int> work) => Does((parsed, _) => work(parsed));
}
