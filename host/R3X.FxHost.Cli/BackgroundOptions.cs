using System.CommandLine;
using System.IO;
using R3X.FxHost.Ducking;

namespace R3X.FxHost.Cli;

/// <summary>Music or ambience under the lines of a verb.</summary>
internal sealed class BackgroundOptions
{
    private readonly Option<string?> _file = new("--background")
    {
        Description = "Music or ambience to loop under the lines; it is turned down while they speak.",
        HelpName = "FILE",
    };

    private readonly Option<double?> _level = new("--background-level")
    {
        Description = "How loud the background is while nobody speaks, in dB, -60 to 0; -10 unless told otherwise.",
        HelpName = "DB",
        CustomParser = Wording.Number,
    };

    public BackgroundOptions(Command verb)
    {
        verb.Options.Add(_file);
        verb.Options.Add(_level);
    }

    /// <summary>Refuses what cannot be, before anything sounds.</summary>
    /// <exception cref="UsageException">There is no such file or level.</exception>
    public void Check(ParseResult parsed)
    {
        if (parsed.GetValue(_file) is { } file && !File.Exists(file))
            throw new UsageException($"There is no file \"{file}\" to play in the background. Check the path.");
        if (parsed.GetValue(_level) is { } level and (< -60 or > 0))
            throw new UsageException($"--background-level goes from -60 to 0 dB; {level} is outside.");
    }

    /// <summary>Plays it; null when none was asked for.</summary>
    public BackgroundSound? Play(ParseResult parsed, FxHost host) => parsed.GetValue(_file) is { } file
        ? host.Background.Play(
            SpeechAudio.FromFile(file), levelDb: parsed.GetValue(_level) ?? BackgroundSound.DefaultLevelDb)
        : null;

    /// <summary>Fades it out behind the last line. What was wrong with it cost no line.</summary>
    public static void End(BackgroundSound? music)
    {
        music?.Stop();
        music?.Finished.GetAwaiter().GetResult();
        if (music?.Failure is { } failure)
            Messages.Warning($"the background was not played to its end: {failure.Message}");
    }
}
