using R3X.FxHost.Formats;

namespace R3X.FxHost.Server.Own;

/// <summary>What a format is called in a Content-Type.</summary>
internal static class AudioType
{
    /// <summary>The type of a format's bytes. Headerless samples name their rate where the format does.</summary>
    public static string Of(AudioFormatName format) => format.Codec switch
    {
        AudioCodec.Wav => "audio/wav",
        AudioCodec.Mp3 => "audio/mpeg",
        AudioCodec.Opus or AudioCodec.Ogg => "audio/ogg",
        AudioCodec.Flac => "audio/flac",
        AudioCodec.Aac => "audio/aac",
        AudioCodec.Mp4 => "audio/mp4",
        AudioCodec.Matroska => format.Text == "webm" ? "audio/webm" : "audio/x-matroska",
        AudioCodec.Aiff => "audio/aiff",
        AudioCodec.MuLaw => "audio/basic",
        AudioCodec.ALaw => "audio/x-alaw-basic",
        // audio/L16 would be big-endian.
        _ => "audio/pcm",
    };
}
