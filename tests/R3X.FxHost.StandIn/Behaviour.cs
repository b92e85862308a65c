using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace R3X.FxHost.StandIn;

/// <summary>How requests are answered that would otherwise be answered well. In JSON the names are in snake_case:
/// <c>{"voice": "adam", "chunk_bytes": 7, "pace": "realtime"}</c>.</summary>
public sealed record Behaviour
{
    /// <summary>The voice it is for; null for every voice, and for requests that name none.</summary>
    public string? Voice { get; init; }

    /// <summary>How many requests it is for; null for all that come.</summary>
    public int? Times { get; init; } = 1;

    /// <summary>Bytes written at a time, or audio bytes in a message.</summary>
    public int ChunkBytes { get; init; } = 4_096;

    /// <summary><c>fast</c>, or <c>realtime</c>: no sooner than it would sound.</summary>
    public string Pace { get; init; } = "fast";

    /// <summary>Milliseconds before the first byte of the body.</summary>
    public int DelayFirstMs { get; init; }

    /// <summary>Bytes of the body, or audio bytes of messages, behind which it stalls.</summary>
    public int? StallAfterBytes { get; init; }

    /// <summary>How long it stalls; null until the client goes away.</summary>
    public int? StallMs { get; init; }

    /// <summary>Bytes behind which the connection breaks.</summary>
    public int? DieAfterBytes { get; init; }

    /// <summary>An error's status in place of a line: 401, 422, 429, 500, ...; over a WebSocket its message, and then
    /// the close code <see cref="CloseCode"/>.</summary>
    public int? Status { get; init; }

    /// <summary>The code a WebSocket is closed with after an error.</summary>
    public int CloseCode { get; init; } = 1_008;

    /// <summary>An HTML page with status 200 in place of a line.</summary>
    public bool Html { get; init; }

    /// <summary>Random bytes in place of audio.</summary>
    public bool Garbage { get; init; }

    /// <summary>Another content type than the body has.</summary>
    public string? WrongType { get; init; }

    /// <summary>Another format than was asked for, by ElevenLabs' names.</summary>
    public string? WrongFormat { get; init; }

    /// <summary>Compresses the body where the client takes gzip.</summary>
    public bool Gzip { get; init; }

    /// <summary>Names in WebSocket replies as some versions of the service write them: <c>context_id</c>,
    /// <c>is_final</c>, and <c>{"type":"flush_done"}</c> after a flush.</summary>
    public bool OtherNames { get; init; }

    /// <summary>Headers added to the answer.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    [JsonIgnore]
    internal bool IsRealtime => Pace == "realtime";
}
