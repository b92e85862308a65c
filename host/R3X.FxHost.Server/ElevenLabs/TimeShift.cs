using System;
using System.Text.Json.Nodes;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>Moves times in the service's messages to where the sound is after it has been processed.</summary>
internal static class TimeShift
{
    private static readonly string[] Alignments = ["alignment", "normalized_alignment", "normalizedAlignment"];
    private static readonly string[] Seconds = ["character_start_times_seconds", "character_end_times_seconds"];
    private static readonly string[] Milliseconds = ["charStartTimesMs", "char_start_times_ms"];
    private static readonly string[] Spans = ["start_time_seconds", "end_time_seconds"];

    /// <summary>Moves all times of a message.</summary>
    /// <param name="message">A message with sound.</param>
    /// <param name="seconds">By how much; none of them moves in front of 0.</param>
    public static void Apply(JsonObject message, double seconds)
    {
        foreach (string name in Alignments)
        {
            if (message[name] is not JsonObject alignment)
                continue;
            foreach (string times in Seconds)
                Move(alignment[times], seconds, digits: 6);
            foreach (string times in Milliseconds)
                Move(alignment[times], seconds * 1_000, digits: 0);
            // What some clients read in its place.
            if (alignment["charDurationsMs"] is { } durations)
                alignment["charsDurationsMs"] ??= durations.DeepClone();
        }

        if (message["voice_segments"] is not JsonArray segments)
            return;
        foreach (JsonNode? segment in segments)
        {
            foreach (string name in Spans)
            {
                if (segment?[name] is JsonValue time && time.TryGetValue(out double at))
                    segment[name] = Moved(at, seconds, digits: 6);
            }
        }
    }

    private static void Move(JsonNode? times, double by, int digits)
    {
        if (times is not JsonArray array)
            return;
        for (int i = 0; i < array.Count; i++)
        {
            if (array[i] is JsonValue time && time.TryGetValue(out double at))
                array[i] = Moved(at, by, digits);
        }
    }

    private static JsonValue Moved(double at, double by, int digits)
    {
        double moved = Math.Round(Math.Max(0, at + by), digits);
        return digits == 0 ? JsonValue.Create((long)moved) : JsonValue.Create(moved);
    }
}
