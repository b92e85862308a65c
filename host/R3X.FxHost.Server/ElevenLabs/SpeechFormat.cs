using System;
using R3X.FxHost.Formats;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>A format by ElevenLabs' name, in which the service is asked, and the caller answered: what the service
/// gives to every tier of subscription is not known here.</summary>
/// <param name="Name">The name.</param>
internal sealed record SpeechFormat(AudioFormatName Name)
{
    /// <summary>What holds where the caller names none.</summary>
    public const string Default = "mp3_44100_128";

    // What MP3 is late by without a tag that says so: LAME's delay, which is the service's encoder, and a decoder's.
    private const int Mp3Delay = 576 + 529;

    // In the head of the service's WAV while it is streamed.
    private const uint StreamedSize = 0x7FFFFFFF;

    private const int DefaultMp3Rate = 44_100;

    /// <summary>How it is written.</summary>
    public OutputFormat Output => new(Name) { UnknownSize = StreamedSize };

    /// <summary>The type of an answer in it. LiveKit refuses one that does not begin with <c>audio/</c>.</summary>
    public string ContentType => Name.Codec switch
    {
        AudioCodec.Mp3 => "audio/mpeg",
        AudioCodec.Pcm => "audio/pcm",
        AudioCodec.Wav => "audio/wav",
        AudioCodec.MuLaw or AudioCodec.ALaw => "audio/basic",
        AudioCodec.Opus => "audio/ogg",
        _ => "audio/" + Name.Text.Split('_')[0],
    };

    /// <summary>By how much sound in it comes out of a decoder later than it went into the encoder, in
    /// seconds.</summary>
    public double Delay => Name.Codec == AudioCodec.Mp3 ? (double)Mp3Delay / (Name.SampleRate ?? DefaultMp3Rate) : 0;

    /// <summary>Reads a name.</summary>
    /// <param name="name">The name; null is the default.</param>
    /// <returns>Null where the host knows no such format.</returns>
    public static SpeechFormat? Find(string? name)
        => AudioFormatName.TryParse(name ?? Default, out AudioFormatName? format, out _) ? new(format) : null;

    /// <summary>The name by which bytes are decoded; null where they tell themselves, whatever was asked for.</summary>
    /// <param name="first">The first of them.</param>
    public string? NameFor(ReadOnlySpan<byte> first)
    {
        bool tells = first.StartsWith("ID3"u8) || first.StartsWith("RIFF"u8) || first.StartsWith("OggS"u8)
            || first.StartsWith("fLaC"u8);
        return Name.IsHeaderless && !tells ? Name.Text : null;
    }
}
