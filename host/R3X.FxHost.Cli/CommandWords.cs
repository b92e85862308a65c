using System;
using R3X.FxHost.Decoding;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Cli;

/// <summary>The library knows no command line; here its advice is put into the words of one.</summary>
internal static class CommandWords
{
    /// <summary>A message of the library.</summary>
    public static string Of(string message) => message
        .Replace(UnreadableAudioException.FormatFix, "name them: --input-format pcm_24000.", StringComparison.Ordinal)
        .Replace("Rendering to a file needs no loudspeaker.",
            "Rendering to a file needs no loudspeaker: r3x render IN -o OUT.", StringComparison.Ordinal)
        .Replace("Name one in FxHostOptions.PresetFolder.", "Name one: --presets FOLDER.", StringComparison.Ordinal);

    /// <summary>A mistake in what was typed, with the option it was typed behind.</summary>
    public static PresetDiagnostic Of(PresetDiagnostic mistake) => mistake.File switch
    {
        PresetOverrides.Place => mistake with { File = "--set" },
        PresetOverrides.AmountPlace => mistake with { File = "--amount" },
        _ => mistake,
    };
}
