using System;
using R3X.FxHost.Metering;

namespace R3X.FxHost.Lights;

/// <summary>
/// How a droid's controller wants to be told: lines of text from templates. In them, <c>{level}</c> stands for the
/// number on the scale, <c>{band1}</c> to <c>{band8}</c> for those of the bands, lowest first, <c>{bands}</c> for all
/// eight with commas, <c>{emotion}</c> for the mood of the line that speaks, or the preset that it names without a
/// mood. Numbers are written the same in every culture.
/// </summary>
public sealed record LightLines
{
    private readonly LineTemplate? _start = new("SPEAK:{emotion}");
    private readonly LineTemplate? _level = new("SPEAK_LEVEL:{level}");
    private readonly LineTemplate? _stop = new("SPEAK_STOP");

    /// <summary><c>SPEAK:excited</c> as a line begins, <c>SPEAK_LEVEL:0</c> to <c>SPEAK_LEVEL:255</c> while it is
    /// heard, <c>SPEAK_STOP</c> behind it.</summary>
    public static LightLines Serial { get; } = new();

    /// <summary>The numbers' scale.</summary>
    public LightScale Scale { get; init; } = LightScale.Usual;

    /// <summary>Said when the first sound of a line is heard, in front of its first level; null says nothing.</summary>
    /// <exception cref="ArgumentException">A name in braces stands for nothing.</exception>
    public string? Start
    {
        get => _start?.ToString();
        init => _start = Template(value);
    }

    /// <summary>Said for every level; null says nothing.</summary>
    /// <exception cref="ArgumentException">A name in braces stands for nothing.</exception>
    public string? Level
    {
        get => _level?.ToString();
        init => _level = Template(value);
    }

    /// <summary>Said when the last sound of the last line was heard; null says nothing.</summary>
    /// <exception cref="ArgumentException">A name in braces stands for nothing.</exception>
    public string? Stop
    {
        get => _stop?.ToString();
        init => _stop = Template(value);
    }

    /// <summary>The emotion of a line whose selection names neither a mood nor a preset.</summary>
    public string NoEmotion { get; init; } = "neutral";

    /// <summary>
    /// Whether a level that reads like the one before is said again. A controller that goes dark by itself when it
    /// hears nothing needs it; for any other it only fills the port.
    /// </summary>
    public bool RepeatsLevels { get; init; }

    /// <summary>What is said for a level: its lines, with nulls for those that are not.</summary>
    internal (string? Start, string? Level, string? Stop) Fill(in SpeechLevel level, LightLevel light)
    {
        string emotion = string.IsNullOrWhiteSpace(level.Mood) ? NoEmotion : level.Mood;
        return (
            level.Mark == LevelMark.First ? _start?.Fill(light, emotion) : null,
            _level?.Fill(light, emotion),
            level.Mark == LevelMark.Silence ? _stop?.Fill(light, emotion) : null);
    }

    private static LineTemplate? Template(string? text) => text is null ? null : new LineTemplate(text);
}
