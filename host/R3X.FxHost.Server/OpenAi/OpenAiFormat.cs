using R3X.FxHost.Formats;

namespace R3X.FxHost.Server.OpenAi;

/// <summary>A format of OpenAI's protocol.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Asked">The name that the service is asked for: what it can send while it speaks.</param>
/// <param name="ContentType">The type of the answer.</param>
/// <param name="Output">What is answered.</param>
internal sealed record OpenAiFormat(string Name, string Asked, string ContentType, OutputFormat Output)
{
    private static readonly OpenAiFormat[] All =
    [
        new("mp3", "mp3", "audio/mpeg", Of("mp3")),
        new("opus", "opus", "audio/ogg", Of("opus")),
        // What these two hold is decoded by ffmpeg, which is late.
        new("aac", "wav", "audio/aac", Of("aac")),
        new("flac", "wav", "audio/flac", Of("flac")),
        new("wav", "wav", "audio/wav", Of("wav")),
        new("pcm", "pcm", "audio/pcm", Of("pcm_24000")),
    ];

    /// <summary>What the service's bytes are, where they do not tell.</summary>
    public string? InputFormat => Asked == "pcm" ? "pcm_24000" : null;

    /// <summary>The format of a name; null for none.</summary>
    public static OpenAiFormat? Find(string name) => System.Array.Find(All, format => format.Name == name);

    private static OutputFormat Of(string name) => new(AudioFormatName.Parse(name));
}
