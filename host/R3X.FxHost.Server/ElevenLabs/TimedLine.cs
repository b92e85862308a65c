using System;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Lines;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>A line of which each message carries sound, and times counted from the line's start.</summary>
/// <param name="processed">Runs it through its chain.</param>
/// <param name="format">The format of what comes and goes.</param>
/// <param name="selection">Which sound.</param>
/// <param name="cancellation">Ends it where it is.</param>
internal sealed class TimedLine(
    ProcessedAnswer processed, SpeechFormat format, SpeechSelection selection, CancellationToken cancellation)
    : IAsyncDisposable
{
    private LiveLine? _line;
    private bool _isDialogue;
    private bool _ended;

    /// <summary>How far it is.</summary>
    public LineProgress Progress => _line?.Progress ?? new();

    /// <summary>Whether any of it has turned out to be sound, or nothing came that could.</summary>
    public bool IsSound => _line is null || _line.Progress.InputFrames > 0;

    /// <summary>Takes a message's sound and moves its times.</summary>
    /// <returns>The sound that it gave.</returns>
    public async Task<byte[]> PassAsync(JsonObject message)
    {
        // Decoded here and encoded again: late once by what the service's encoder does, and once more by this one's.
        TimeShift.Apply(message, 2 * format.Delay);
        _isDialogue |= message["voice_segments"] is not null;
        byte[] bytes = Convert.FromBase64String(message["audio_base64"]?.ToString() ?? "");
        if (bytes.Length == 0)
            return [];
        _line ??= new LiveLine(processed, format.Output, format.NameFor(bytes), selection, cancellation);
        return await _line.AddAsync(bytes);
    }

    /// <summary>Ends the line.</summary>
    /// <returns>A message with the rest of it; null where there is none.</returns>
    /// <exception cref="R3X.FxHost.Decoding.UnreadableAudioException">None of it was sound.</exception>
    public async Task<JsonObject?> EndAsync()
    {
        if (_line is null || _ended)
            return null;
        _ended = true;
        byte[] rest = await _line.EndAsync();
        if (rest.Length == 0)
            return null;
        var message = new JsonObject
        {
            ["audio_base64"] = Convert.ToBase64String(rest),
            ["alignment"] = null,
            ["normalized_alignment"] = null,
        };
        // A client of dialogues insists on it.
        if (_isDialogue)
            message["voice_segments"] = new JsonArray();
        return message;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _line?.DisposeAsync() ?? ValueTask.CompletedTask;
}
