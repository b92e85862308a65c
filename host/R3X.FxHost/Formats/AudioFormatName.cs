using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO;
using System.Linq;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Formats;

/// <summary>
/// The name of an audio format as ElevenLabs writes it (<c>mp3_44100_128</c>, <c>pcm_24000</c>, <c>ulaw_8000</c>,
/// <c>opus_48000_64</c>, <c>wav_44100</c>) or a plain file type (<c>wav</c>, <c>mp3</c>, <c>flac</c>). Headerless
/// samples are mono unless the name ends in <c>_stereo</c>. Immutable.
/// </summary>
public sealed record AudioFormatName
{
    private static readonly Dictionary<string, AudioCodec> Words = new(StringComparer.Ordinal)
    {
        ["wav"] = AudioCodec.Wav,
        ["pcm"] = AudioCodec.Pcm,
        ["f32"] = AudioCodec.Float,
        ["ulaw"] = AudioCodec.MuLaw,
        ["alaw"] = AudioCodec.ALaw,
        ["mp3"] = AudioCodec.Mp3,
        ["opus"] = AudioCodec.Opus,
        ["ogg"] = AudioCodec.Ogg,
        ["flac"] = AudioCodec.Flac,
        ["aac"] = AudioCodec.Aac,
        ["m4a"] = AudioCodec.Mp4,
        ["mp4"] = AudioCodec.Mp4,
        ["webm"] = AudioCodec.Matroska,
        ["mkv"] = AudioCodec.Matroska,
        ["aiff"] = AudioCodec.Aiff,
    };

    private static readonly Dictionary<string, string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        [".wave"] = "wav",
        [".raw"] = "pcm",
        [".ul"] = "ulaw",
        [".al"] = "alaw",
        [".oga"] = "ogg",
        [".mka"] = "mkv",
        [".aif"] = "aiff",
        [".aifc"] = "aiff",
    };

    private AudioFormatName(string text, AudioCodec codec, int? sampleRate, int? bitRate, int channels)
    {
        Text = text;
        Codec = codec;
        SampleRate = sampleRate;
        BitRate = bitRate;
        Channels = channels;
    }

    /// <summary>Names worth offering to a person: what ElevenLabs sends, then plain file types.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        "mp3_22050_32", "mp3_24000_48", "mp3_44100_32", "mp3_44100_64", "mp3_44100_96", "mp3_44100_128",
            "mp3_44100_192",
        "pcm_8000", "pcm_16000", "pcm_22050", "pcm_24000", "pcm_32000", "pcm_44100", "pcm_48000",
        "ulaw_8000", "alaw_8000",
        "opus_48000_32", "opus_48000_64", "opus_48000_96", "opus_48000_128", "opus_48000_192",
        "wav_8000", "wav_16000", "wav_22050", "wav_24000", "wav_32000", "wav_44100", "wav_48000",
        "wav", "mp3", "ogg", "opus", "flac", "aac", "m4a", "mp4", "webm", "mkv", "aiff",
    ];

    /// <summary>The name, in lower case.</summary>
    public string Text { get; }

    /// <summary>How the bytes are laid out.</summary>
    public AudioCodec Codec { get; }

    /// <summary>The rate the name states, in Hz; null when it states none.</summary>
    public int? SampleRate { get; }

    /// <summary>The bit rate the name states, in kbit/s; null when it states none.</summary>
    public int? BitRate { get; }

    /// <summary>Channels of headerless samples: 1, or 2 when the name ends in <c>_stereo</c>.</summary>
    public int Channels { get; }

    /// <summary>Whether the bytes are bare samples, of which nobody can tell the rate by looking.</summary>
    public bool IsHeaderless => Codec is AudioCodec.Pcm or AudioCodec.Float or AudioCodec.MuLaw or AudioCodec.ALaw;

    /// <summary>Reads a name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <exception cref="FormatException">There is no such format; the message lists those there are and the
    /// nearest.</exception>
    public static AudioFormatName Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryParse(name, out AudioFormatName? format, out string? reason)
            ? format : throw new FormatException(reason);
    }

    /// <summary>Reads a name without throwing.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <param name="format">The format.</param>
    /// <param name="reason">Why there is no such format, with the nearest there is, in whole sentences.</param>
    public static bool TryParse(
        string? name, [NotNullWhen(true)] out AudioFormatName? format, [NotNullWhen(false)] out string? reason)
    {
        string text = string.Concat((name ?? "").Trim().Select(char.ToLowerInvariant));
        format = null;
        string[] parts = text.Split('_');
        bool stereo = parts.Length > 1 && parts[^1] == "stereo";
        if (stereo)
            parts = parts[..^1];
        int rate = 0;
        int bits = 0;
        if (!Words.TryGetValue(parts[0], out AudioCodec codec)
            || parts.Length > 3
            || (parts.Length > 1
                && !TryRead(parts[1], AudioFormat.MinimumSampleRate, AudioFormat.MaximumSampleRate, out rate))
            || (parts.Length > 2 && !TryRead(parts[2], 1, 1_000, out bits)))
        {
            reason = Unknown(text);
            return false;
        }

        format = new AudioFormatName(
            text, codec, parts.Length > 1 ? rate : null, parts.Length > 2 ? bits : null, stereo ? 2 : 1);
        if ((stereo && !format.IsHeaderless) || (bits > 0 && codec is not (AudioCodec.Mp3 or AudioCodec.Opus)))
        {
            format = null;
            reason = Unknown(text);
            return false;
        }

        reason = null;
        return true;
    }

    /// <summary>The format a file's ending stands for; null when it stands for none known.</summary>
    /// <param name="path">A path or a file name.</param>
    public static AudioFormatName? FromPath(string path)
    {
        string ending = Path.GetExtension(path);
        string word = Extensions.TryGetValue(ending, out string? other) ? other : ending.TrimStart('.');
        return TryParse(word, out AudioFormatName? format, out _) ? format : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool TryRead(string part, int minimum, int maximum, out int number)
        => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= minimum
            && number <= maximum;

    private static string Unknown(string text)
    {
        string shown = text.Length > 40 ? text[..40] + "..." : text;
        string? nearest = text.Length > 40 ? null : NearestName.Find(text, Known);
        return $"There is no audio format '{shown}'."
            + (nearest is null ? "" : $" Did you mean '{nearest}'?")
            + " Known are mp3_<rate>_<kbit/s>, opus_<rate>_<kbit/s>, pcm_<rate>, f32_<rate>, ulaw_<rate>, alaw_<rate> "
                + "and wav_<rate> with rates from"
            + $" {AudioFormat.MinimumSampleRate} to {AudioFormat.MaximumSampleRate} (pcm_24000, mp3_44100_128, "
                + "ulaw_8000), _stereo after headerless names, and"
            + " wav, mp3, ogg, opus, flac, aac, m4a, mp4, webm, mkv, aiff.";
    }
}
