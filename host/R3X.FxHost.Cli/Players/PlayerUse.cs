using System.Collections.Generic;

namespace R3X.FxHost.Cli.Players;

/// <summary>A use of a player that plays standard input, as its arguments describe it.</summary>
/// <param name="InputFormat">The format of headerless samples, such as <c>pcm_24000</c>; null when the bytes
/// tell.</param>
/// <param name="Head">A WAV header for samples that no format name stands for, to go in front of them where they have
/// no header; null for all others.</param>
/// <param name="FrameBytes">Bytes of a frame of headerless samples; 1 for all others.</param>
/// <param name="NotFollowed">Options that would change what is heard and that are not followed.</param>
internal sealed record PlayerUse(string? InputFormat, byte[]? Head, int FrameBytes, IReadOnlyList<string> NotFollowed)
{
    /// <summary>Reads a player's arguments.</summary>
    /// <param name="player">One of <see cref="PlayerFolder.Players"/>.</param>
    /// <param name="arguments">What it was called with.</param>
    /// <returns>Null for every other use than playing standard input: a file, <c>--version</c>, a recording, a window,
    /// samples that are not understood.</returns>
    public static PlayerUse? Read(string player, string[] arguments) => player switch
    {
        "mpv" => MpvArguments.Read(arguments),
        "ffplay" => FfplayArguments.Read(arguments),
        "aplay" => AplayArguments.Read(arguments),
        "paplay" => PaplayArguments.Read(arguments),
        _ => null,
    };

    /// <summary>A use whose bytes tell what they are.</summary>
    public static PlayerUse OfAnyFormat(IReadOnlyList<string> notFollowed) => new(null, null, 1, notFollowed);

    /// <summary>Whether a file's name stands for standard input.</summary>
    public static bool IsStandardInput(string file) =>
        file is "-" or "/dev/stdin" or "/dev/fd/0" or "/proc/self/fd/0";
}
