using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using Microsoft.AspNetCore.Http;
using R3X.FxHost.Server.Configuration;

namespace R3X.FxHost.Server.Access;

/// <summary>Counts lines that are being processed, of all callers and of each. Any thread.</summary>
/// <param name="settings">How many there may be.</param>
internal sealed class LineCounter(LiveSettings settings)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _ofOne = [];
    private int _lines;
    private bool _isClosed;

    /// <summary>Whether the server ends, and no more lines begin.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
                return _isClosed;
        }
    }

    /// <summary>Takes a place for a line.</summary>
    /// <param name="caller">Whose it is; null is nobody's.</param>
    /// <param name="status">Why there is none: 429 where this caller has too many, 503 where all have.</param>
    /// <returns>Gives the place back; null where there is none.</returns>
    public IDisposable? TryBegin(IPAddress? caller, out int status)
    {
        caller ??= IPAddress.None;
        status = StatusCodes.Status200OK;
        lock (_gate)
        {
            int own = _ofOne.GetValueOrDefault(caller);
            if (_isClosed || _lines >= settings.Current.Limits.Lines)
                status = StatusCodes.Status503ServiceUnavailable;
            else if (own >= settings.Current.Limits.LinesOfOne)
                status = StatusCodes.Status429TooManyRequests;
            if (status != StatusCodes.Status200OK)
                return null;
            _lines++;
            _ofOne[caller] = own + 1;
        }

        return new Place(this, caller);
    }

    /// <summary>The server ends: no more lines begin.</summary>
    public void Close()
    {
        lock (_gate)
            _isClosed = true;
    }

    private void End(IPAddress caller)
    {
        lock (_gate)
        {
            _lines--;
            if (--_ofOne[caller] == 0)
                _ofOne.Remove(caller);
        }
    }

    private sealed class Place(LineCounter counter, IPAddress caller) : IDisposable
    {
        private LineCounter? _counter = counter;

        public void Dispose() => Interlocked.Exchange(ref _counter, null)?.End(caller);
    }
}
