using System;
using R3X.FxHost.Encoding;
using R3X.FxHost.Formats;

namespace R3X.FxHost;

/// <summary>How a rendered line is written.</summary>
/// <param name="Name">The format; a rate in it resamples.</param>
/// <param name="Samples">How a WAV or FLAC file keeps its samples.</param>
public sealed record OutputFormat(AudioFormatName Name, SampleFormat Samples = SampleFormat.Int16)
{
    /// <summary>A WAV file of 16 bits at the line's own rate.</summary>
    public static OutputFormat Wav { get; } = new(AudioFormatName.Parse("wav"));

    /// <summary>
    /// The sizes in the head of a WAV whose length nobody knows, as it is streamed: 0xFFFFFFFF as ffmpeg and OpenAI
    /// have it, or another number, such as ElevenLabs' 0x7FFFFFFF. Readers take any that is larger than what there is.
    /// </summary>
    public uint UnknownSize { get; init; } = uint.MaxValue;

    /// <summary>The ending of a file in this format, with its dot.</summary>
    public string Ending => Name.Codec switch
    {
        AudioCodec.Pcm or AudioCodec.Float => ".raw",
        AudioCodec.MuLaw => ".ulaw",
        AudioCodec.ALaw => ".alaw",
        AudioCodec.Matroska => ".mkv",
        _ => "." + Name.Text.Split('_')[0],
    };

    /// <summary>What a name asks for, or failing that what a file's ending stands for; WAV when neither says.</summary>
    /// <param name="name">A format's name, or null.</param>
    /// <param name="path">The file to be written, or null.</param>
    /// <param name="samples">How a WAV or FLAC file keeps its samples.</param>
    /// <exception cref="FormatException">There is no such format; the message lists those there are.</exception>
    public static OutputFormat Of(string? name, string? path, SampleFormat samples = SampleFormat.Int16)
    {
        AudioFormatName format = name is not null ? AudioFormatName.Parse(name)
            : path is not null && AudioFormatName.FromPath(path) is { } ending ? ending
            : Wav.Name;
        return new OutputFormat(format, samples);
    }
}
