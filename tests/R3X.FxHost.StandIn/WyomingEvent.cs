using System;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.StandIn;

/// <summary>A frame of Wyoming: a line of JSON, then data, then a payload.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="Data">Its data.</param>
/// <param name="Payload">Its payload.</param>
internal sealed record WyomingEvent(string Type, JsonObject Data, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Reads the next one; null at the end.</summary>
    public static async Task<WyomingEvent?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (true)
        {
            if (await stream.ReadAsync(one, cancellation) == 0)
                return null;
            if (one[0] == '\n')
                break;
            line.Append((char)one[0]);
        }

        JsonNode head = JsonNode.Parse(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(line.ToString())))!;
        JsonObject data = head["data"] as JsonObject ?? [];
        byte[] more = new byte[(int?)head["data_length"] ?? 0];
        byte[] payload = new byte[(int?)head["payload_length"] ?? 0];
        await stream.ReadExactlyAsync(more, cancellation);
        await stream.ReadExactlyAsync(payload, cancellation);
        if (more.Length > 0)
        {
            foreach ((string name, JsonNode? value) in (JsonObject)JsonNode.Parse(more)!)
                data[name] = value?.DeepClone();
        }

        return new WyomingEvent((string)head["type"]!, data, payload);
    }

    /// <summary>The frame's bytes: data of audio-chunk stand in the line, other data behind it; both occur.</summary>
    public byte[] ToBytes()
    {
        bool isInline = Type == "audio-chunk";
        byte[] data = isInline || Data.Count == 0 ? [] : JsonSerializer.SerializeToUtf8Bytes(Data);
        var head = new JsonObject { ["type"] = Type, ["version"] = "1.5.4" };
        if (isInline)
            head["data"] = Data.DeepClone();
        if (data.Length > 0)
            head["data_length"] = data.Length;
        if (Payload.Length > 0)
            head["payload_length"] = Payload.Length;
        return [.. JsonSerializer.SerializeToUtf8Bytes(head), (byte)'\n', .. data, .. Payload.Span];
    }
}
