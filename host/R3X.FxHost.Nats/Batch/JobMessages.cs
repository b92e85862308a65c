using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace R3X.FxHost.Nats.Batch;

/// <summary>A job as it stands in the queue, in a header; a short line's bytes are the message's body. Its subject
/// names the batch and the job.</summary>
/// <param name="Line">What messages call the line.</param>
/// <param name="RecipeObject">The recipe's JSON, in the object store.</param>
/// <param name="LineObject">The line's bytes, in the object store; null where they are the body.</param>
internal sealed record JobMessage(string Line, string RecipeObject, string? LineObject);

/// <summary>What came of a job, in a header; a short line's audio is the message's body. Its subject names the batch
/// and the job.</summary>
/// <param name="Line">What messages call the line.</param>
/// <param name="Worker">Who did it.</param>
/// <param name="Tries">How many times the job had been handed out by then, this time included.</param>
internal sealed record ResultMessage(string Line, string Worker, ulong Tries)
{
    /// <summary>The audio, in the object store; null where it is the body, or failed.</summary>
    public string? AudioObject { get; init; }

    /// <summary>Why there is none; null where it was rendered.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether it is the line that is to blame, and would fail anywhere.</summary>
    public bool IsLineAtFault { get; init; }

    public IReadOnlyList<string> Faults { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];
}

[JsonSerializable(typeof(JobMessage))]
[JsonSerializable(typeof(ResultMessage))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class JobJson : JsonSerializerContext;
