using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace R3X.FxHost.Matching;

/// <summary>A draft as the text of a preset, readable and editable like the presets that are shipped.</summary>
internal static class DraftText
{
    private const int NoteColumn = 33;

    /// <param name="draft">What was fitted; its values are written as they are.</param>
    /// <param name="name">What people read.</param>
    /// <param name="about">What it is for.</param>
    /// <param name="notes">Lines that go above it, without their "#".</param>
    /// <param name="schema">The schema as the file finds it; null for a file elsewhere.</param>
    public static string Of(Draft draft, string name, string about, IEnumerable<string> notes, string? schema = null)
    {
        var text = new StringBuilder();
        if (schema is not null)
            text.Append("# yaml-language-server: $schema=").Append(schema).Append('\n');
        foreach (string note in notes)
            text.Append("# ").Append(note).Append('\n');
        text.Append("preset: 1\nname: ").Append(Quoted(name)).Append("\nabout: ").Append(
            Quoted(about)).Append("\n\nchain:\n");
        Equaliser(text, draft);
        if (draft.Ratio > 1)
        {
            Line(text, "  - compressor:", "loud and quiet words more alike");
            Line(text, $"      threshold: {Number(draft.Threshold)} dB");
            Line(text, $"      ratio: {Number(draft.Ratio)}:1\n");
        }

        if (draft.Drive > 0)
        {
            Line(text, "  - saturation:", "grit");
            Line(text, $"      drive: {Number(draft.Drive)}%\n");
        }

        if (draft.HasTube)
        {
            Line(text, "  - comb:", "the tube");
            Line(text, $"      delay: {Number(draft.TubeDelay)} ms", $"peaks every {Hertz(1_000 / draft.TubeDelay)}");
            Line(text, $"      feedback: {Number(draft.TubeFeedback)}%", "more rings longer");
            if (draft.TubeFeedforward != 0)
                Line(text, $"      feedforward: {Number(draft.TubeFeedforward)}%");
            Line(text, $"      damping: {Hertz(draft.TubeDamping)}", "lower is duller");
            Line(text, $"      mix: {Number(draft.TubeMix)}%\n", null);
        }

        if (draft.RoomMix > 0)
        {
            Line(text, "  - room:", "the short tail");
            Line(text, "      size: 5%");
            Line(text, $"      decay: {Number(draft.RoomDecay)} ms");
            Line(text, "      pre-delay: 0 ms\n      width: 0%");
            Line(text, $"      mix: {Number(draft.RoomMix)}%\n");
        }

        Bands(text, draft);
        Line(text, "  - limiter", "keeps peaks in check; leave it last");
        text.Append("\nmatch-loudness: -18 LUFS\n");
        return text.ToString();
    }

    private static void Equaliser(StringBuilder text, Draft draft)
    {
        Line(text, "  - eq:", "the character's colour");
        Line(text, $"      high-pass: {Hertz(draft.HighPass)}");
        if (draft.LowShelfGain != 0)
        {
            Line(text, $"      low-shelf: {Hertz(draft.LowShelf)}", "the chest");
            Line(text, $"      low-shelf-gain: {Number(draft.LowShelfGain)} dB");
        }

        if (draft.PresenceGain != 0)
        {
            Line(text, $"      presence: {Hertz(draft.Presence)}", "the strongest tone");
            Line(text, $"      presence-width: {Number(draft.PresenceWidth)} oct");
        }

        Line(text, $"      presence-gain: {Number(draft.PresenceGain)} dB");
        if (draft.HighShelfGain != 0)
        {
            Line(text, $"      high-shelf: {Hertz(draft.HighShelf)}", "the air");
            Line(text, $"      high-shelf-gain: {Number(draft.HighShelfGain)} dB");
        }

        if (draft.LowPass < 20_000)
            Line(text, $"      low-pass: {Hertz(draft.LowPass)}", "nothing above");
        text.Append('\n');
    }

    private static void Bands(StringBuilder text, Draft draft)
    {
        bool isFlat = true;
        foreach (double gain in draft.Curve)
            isFlat &= gain == 0;
        if (isFlat)
            return;
        Line(text, "  - curve:", "from this voice to the character's");
        for (int i = 0; i < draft.Curve.Count; i++)
            Line(text, $"      {Hertz(draft.CurveBands[i])}: {Number(draft.Curve[i])} dB");
        text.Append('\n');
    }

    private static void Line(StringBuilder text, string words, string? note = null) =>
        text.Append(note is null ? words : words.PadRight(NoteColumn) + "# " + note).Append('\n');

    private static string Hertz(double value) =>
        value >= 1_000 ? Number(Math.Round(value / 1_000, 3)) + " kHz" : Number(Math.Round(value, 1)) + " Hz";

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    // A name may hold what YAML reads as its own.
    private static string Quoted(string words) =>
        $"\"{words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
