using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Cli;

/// <summary>A verb of the command: its help has examples, and whatever it meets ends in a message and an exit code.</summary>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    public string[] Examples { get; } = examples;

    /// <summary>Says what the verb does; the task's result is the exit code.</summary>
    public void Does(Func<ParseResult, CancellationToken, Task<int>> work) => SetAction(async (parsed, cancellation) =>
    {
        try
        {
            return await work(parsed, cancellation);
        }
        catch (Exception e)
        {
            return Messages.Of(Failure.Of(e));
        }
    });

    /// <inheritdoc cref="Does(Func{ParseResult, CancellationToken, Task{int}})"/>
    public void Does(Func<ParseResult, int> work) => Does((parsed, _) => Task.FromResult(work(parsed)));
}
