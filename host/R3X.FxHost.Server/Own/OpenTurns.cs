using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Queue;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Own;

/// <summary>Turns by their names: those that are open, and for some minutes those that have ended. Any
/// thread.</summary>
internal sealed class OpenTurns
{
    private const int Most = 256;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, OpenTurn> _turns = new();

    /// <summary>Knows a turn from now on.</summary>
    /// <returns>Null where there are too many.</returns>
    public OpenTurn? TryAdd(Turn turn)
    {
        Forget();
        return _turns.Count < Most ? _turns[turn.Id] = new OpenTurn(turn) : null;
    }

    /// <summary>Finds a turn, or answers that there is none.</summary>
    public async Task<OpenTurn?> FindAsync(HttpContext context, string id)
    {
        Forget();
        if (_turns.TryGetValue(id, out OpenTurn? turn))
        {
            turn.Used();
            return turn;
        }

        await Problem.WriteAsync(context, StatusCodes.Status404NotFound, $"There is no turn {id}.",
            "Begin one with POST /r3x/turns; it is known only to the server that began it.");
        return null;
    }

    // Nothing comes any more of a caller who went away.
    private void Forget()
    {
        foreach (OpenTurn turn in _turns.Values.Where(static turn => turn.Unused > Remembered))
        {
            turn.Turn.Complete();
            if (turn.Turn.Finished.IsCompleted)
                _turns.TryRemove(turn.Turn.Id, out _);
        }
    }
}
