using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using R3X.FxHost.Formats;

namespace R3X.FxHost.Server.Own;

/// <summary>How a line is taken and answered, as a query says.</summary>
internal sealed record ProcessQuery
{
    [FromQuery(Name = "input_format")]
    [Description("What headerless audio is, by ElevenLabs' names: pcm_24000, ulaw_8000, f32_48000_stereo. Other audio "
        + "tells by itself.")]
    public string? InputFormat { get; init; }

    [FromQuery(Name = "output_format")]
    [Description("How it is answered, by the same names, or wav, mp3, opus, flac, ...: wav unless said.")]
    public string? OutputFormat { get; init; }

    [FromQuery(Name = "level")]
    [Description("measured: the line is waited for and measured before it is processed, as r3x render does; live: its "
        + "level is followed while it arrives; off: its level is left alone. A body of known length is measured "
        + "unless said, any other is live.")]
    public string? Level { get; init; }

    [FromQuery(Name = "dry")]
    [Description("keep: answer the line without effects, too, as the second part of a multipart answer; true: without "
        + "effects alone.")]
    public string? Dry { get; init; }

    /// <summary>Whether the line is measured first; null leaves that to what the body is.</summary>
    public bool? IsMeasured => Level is null or "off" ? null : Level == "measured";

    /// <summary>What is wrong with it; null for nothing.</summary>
    /// <param name="output">How the line is answered.</param>
    public (string Message, string Fix)? Check(out OutputFormat output)
    {
        output = R3X.FxHost.OutputFormat.Wav;
        if (InputFormat is not null && !AudioFormatName.TryParse(InputFormat, out _, out string? reason))
            return (reason, "It stands in input_format.");
        if (OutputFormat is not null)
        {
            if (!AudioFormatName.TryParse(OutputFormat, out AudioFormatName? name, out reason))
                return (reason, "It stands in output_format.");
            output = new OutputFormat(name);
        }

        return Level is null or "measured" or "live" or "off" ? null
            : ($"level is \"{Level}\", which is no way to treat levels.", "Say measured, live or off.");
    }
}
