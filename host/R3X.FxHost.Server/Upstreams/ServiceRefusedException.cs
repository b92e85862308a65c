using System;
using System.Collections.Generic;

namespace R3X.FxHost.Server.Upstreams;

/// <summary>A speech service answered a WebSocket's handshake with a status of its own.</summary>
/// <param name="status">The status.</param>
/// <param name="headers">Its headers.</param>
/// <param name="inner">What the handshake failed with.</param>
internal sealed class ServiceRefusedException(
    int status, IReadOnlyDictionary<string, IEnumerable<string>> headers, Exception inner)
    : Exception($"The speech service refused the connection with status {status}.", inner)
{
    /// <summary>The status.</summary>
    public int Status { get; } = status;

    /// <summary>Its headers.</summary>
    public IReadOnlyDictionary<string, IEnumerable<string>> Headers { get; } = headers;
}
