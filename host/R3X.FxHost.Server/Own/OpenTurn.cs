using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using R3X.FxHost.Queue;

namespace R3X.FxHost.Server.Own;

/// <summary>A turn that is known by its name. Any thread.</summary>
/// <param name="turn">The turn.</param>
internal sealed class OpenTurn(Turn turn)
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private long _usedAt = Stopwatch.GetTimestamp();
    private bool _isComplete;
    private bool _isInterrupted;

    /// <summary>The turn.</summary>
    public Turn Turn => turn;

    /// <summary>For how long nobody has asked for it.</summary>
    public TimeSpan Unused => Stopwatch.GetElapsedTime(Volatile.Read(ref _usedAt));

    /// <summary>How far it is.</summary>
    public TurnStatus Status
    {
        get
        {
            lock (_gate)
            {
                return new TurnStatus(turn.Id, _isInterrupted ? "interrupted" : turn.Finished.IsCompleted ? "done"
                    : _isComplete ? "complete" : "open", [.. _lines]);
            }
        }
    }

    /// <summary>Somebody asks for it.</summary>
    public void Used() => Volatile.Write(ref _usedAt, Stopwatch.GetTimestamp());

    /// <summary>Adds a line.</summary>
    /// <exception cref="InvalidOperationException">It is complete.</exception>
    public Utterance Add(SpeechAudio audio, SpeechSelection? selection)
    {
        Utterance line = turn.Add(audio, selection);
        lock (_gate)
            _lines.Add(line.Id);
        return line;
    }

    /// <summary>Nothing more comes.</summary>
    public void Complete()
    {
        lock (_gate)
            _isComplete = true;
        turn.Complete();
    }

    /// <summary>Ends it.</summary>
    public void Interrupt()
    {
        lock (_gate)
            _isInterrupted |= !turn.Finished.IsCompleted;
        turn.Interrupt();
    }
}

/// <summary>How far a turn is, as JSON.</summary>
/// <param name="Id">Its name.</param>
/// <param name="State">open, complete (nothing more comes), done or interrupted.</param>
/// <param name="Utterances">The names of its lines.</param>
internal sealed record TurnStatus(string Id, string State, IReadOnlyList<string> Utterances);
