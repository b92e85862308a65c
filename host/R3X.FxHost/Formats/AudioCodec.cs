namespace R3X.FxHost.Formats;

/// <summary>How the bytes of a line are laid out, as people name it: by file type or by ElevenLabs' words.</summary>
public enum AudioCodec
{
    /// <summary>RIFF WAVE, which says by itself what it holds.</summary>
    Wav,

    /// <summary>Headerless signed 16-bit little-endian samples.</summary>
    Pcm,

    /// <summary>Headerless 32-bit float little-endian samples.</summary>
    Float,

    /// <summary>Headerless G.711 mu-law, one byte a sample.</summary>
    MuLaw,

    /// <summary>Headerless G.711 A-law, one byte a sample.</summary>
    ALaw,

    /// <summary>MPEG audio, layer III.</summary>
    Mp3,

    /// <summary>Opus in an Ogg stream.</summary>
    Opus,

    /// <summary>An Ogg stream with any codec; Vorbis when written.</summary>
    Ogg,

    /// <summary>Free Lossless Audio Codec.</summary>
    Flac,

    /// <summary>AAC in an ADTS stream.</summary>
    Aac,

    /// <summary>An MP4 or QuickTime file.</summary>
    Mp4,

    /// <summary>Matroska or WebM.</summary>
    Matroska,

    /// <summary>AIFF or AIFF-C.</summary>
    Aiff,

    /// <summary>Anything else that ffmpeg may know.</summary>
    Other,
}
