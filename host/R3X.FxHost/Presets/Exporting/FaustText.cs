using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using R3X.FxHost.Diagnostics;

namespace R3X.FxHost.Presets.Exporting;

/// <summary>A Faust program, from its heading to what its effects share.</summary>
/// <param name="preset">The preset.</param>
/// <param name="steps">What is exported of it.</param>
/// <param name="missing">What is not.</param>
/// <param name="gains">What the host's gains start with.</param>
internal sealed class FaustText(
    Preset preset, IReadOnlyList<FaustStep> steps, IReadOnlyList<MissingStep> missing, StartingGains gains)
{
    private const int Width = 110;

    // It names glide, which therefore goes along.
    private const string Ramp =
        "// How a setting gets to a new value: at once, or, where a step moves, by glide. Glide everywhere\n"
        + "// (ramp(value) = glide(value)) makes knobs that are turned free of clicks, for more work a sample.\n"
        + "ramp(value) = value;";

    public string Write()
    {
        string[] effects = [.. steps.Select(step => step.Effect.Text).Distinct()];
        string[] chain = [Process(), Gains(), .. steps.Select(step => step.Write())];
        string body = string.Join("\n\n", [.. chain, .. effects]);
        string[] toolbox = [.. FaustToolbox.For(Ramp + body)];
        return string.Join("\n\n",
        [
            Heading(),
            $"declare name \"{Quoted(preset.Name)}\";\ndeclare description \"{Quoted(preset.About)}\";\n"
                + "import(\"stdfaust.lib\");",
            "// ---- The chain",
            "// 2 makes it stereo: the louder channel decides for both, as in the host.\nchannels = 1;",
            .. chain,
            "// ---- The effects: functions of their settings",
            Ramp,
            .. effects,
            .. toolbox,
        ]) + "\n";
    }

    /// <summary>A control.</summary>
    public static string Control(
        string group, string label, string unit, double value, double minimum, double maximum, double step,
        bool isLogarithmic)
    {
        string traits = (unit.Length > 0 ? $"[unit:{unit}]" : "") + (isLogarithmic ? "[scale:log]" : "");
        return string.Create(CultureInfo.InvariantCulture,
            $"hslider(\"v:{group}/{label}{traits}\", {value:R}, {minimum:R}, {maximum:R}, {step:R})");
    }

    /// <summary>Long definitions, broken behind commas.</summary>
    public static string Wrapped(string text) => Wrapped(text, ", ", ",\n    ");

    private static string Wrapped(string text, string between, string newLine)
    {
        var lines = new StringBuilder();
        int length = 0;
        foreach (string part in text.Split(between))
        {
            bool breaks = length + between.Length + part.Length > Width;
            lines.Append(length == 0 ? "" : breaks ? newLine : between).Append(part);
            length = breaks ? newLine.Length + part.Length : length + between.Length + part.Length;
        }

        return lines.ToString();
    }

    private string Heading()
    {
        var text = new List<string>
        {
            $"{preset.Name}: the preset \"{preset.Id}\" of R3X.FxHost {Version}, as a Faust program "
                + "(https://faust.grame.fr).",
            preset.About,
            "",
            "It sounds as the host does in draft quality (nothing is oversampled). What the host does around a chain "
                + "is not here: it measures each line and sets the two gains below, and it guards against broken "
                + "effects. The controls are in the preset's units. Compile with -double where the processor can.",
        };
        if (missing.Count > 0)
            text.AddRange(["", $"Left out: {string.Join("; ", missing)}."]);
        return string.Join('\n', text.Where(line => line is not null)
            .Select(line => $"// {Wrapped(line, " ", "\n// ")}".TrimEnd()));
    }

    private string Process()
    {
        var parts = new List<string> { "each(dc_blocker)", "reference_gain" };
        foreach (FaustStep step in steps)
        {
            if (step.IsMatched)
                parts.Add("match_gain");
            parts.Add(step.Listens ? $"{step.Name}(power)" : step.Name);
        }

        if (!steps.Any(step => step.IsMatched))
            parts.Add("match_gain");
        if (steps.Count == 0 || !steps[^1].IsLimiter)
            parts.Add("clamped");
        if (!steps.Any(step => step.Listens))
            return "process = " + Wrapped(string.Join(" : ", parts), " : ", "\n    : ") + ";";
        return "process = each(dc_blocker) <: cell_power, si.bus(channels) : chain;\nchain(power) = "
            + Wrapped(string.Join(" : ", parts.Skip(1)), " : ", "\n    : ") + ";";
    }

    private string Gains()
    {
        string reference = Control("[0]levels", "[0]reference gain", "dB", gains.ReferenceDb, StartingGains.Least,
            StartingGains.MostReference, 0.01, isLogarithmic: false);
        string match = Control("[0]levels", "[1]match gain", "dB", gains.MatchDb, StartingGains.Least,
            StartingGains.MostMatch, 0.01, isLogarithmic: false);
        return "// What the host finds for each line: the gain that brings it to the loudness the chain is made for,\n"
            + "// and the one that brings what the chain made of it to the preset's loudness.\n"
            + $"reference_gain = adjusted({reference});\nmatch_gain = adjusted({match});";
    }

    private static string Version => typeof(FaustText).Assembly.GetName().Version?.ToString(3) ?? "";

    private static string Quoted(string text) => text.Replace('"', '\'').ReplaceLineEndings(" ");
}
