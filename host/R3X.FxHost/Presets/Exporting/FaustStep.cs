using System.Globalization;
using System.Linq;
using System.Text;
using R3X.FxHost.Chains;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Presets.Exporting;

/// <summary>A step of a Faust program: its effect with a control for each setting.</summary>
/// <param name="slot">The step.</param>
/// <param name="effect">Its effect's text.</param>
/// <param name="index">Its place in the chain, by which its controls are sorted.</param>
/// <param name="amount">The chain's amount, in percent.</param>
/// <param name="seed">What draws follow from.</param>
/// <param name="isMatched">Whether the gain that matches loudness stands in front of it.</param>
internal sealed class FaustStep(
    SlotPlan slot, FaustEffect effect, int index, double amount, ulong seed, bool isMatched)
{
    public FaustEffect Effect => effect;

    public bool IsMatched => isMatched;

    public bool IsLimiter => slot.Role == EffectRole.Limiter;

    /// <summary>Its name in the program.</summary>
    public string Name { get; } = FaustEffect.NameOf(slot.Step) + "_step";

    /// <summary>Whether a setting follows the line's loudness, so that the step takes the line's power first.</summary>
    public bool Listens => slot.Values.Any(value => value.Modulation is FollowLoudness);

    private bool Moves => slot.Values.Any(value => value.Modulation is Wobble or Sweep or FollowLoudness);

    /// <summary>Its definition.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        string call = $"{effect.Name}{(Moves ? "[ramp = glide;]" : "")}"
            + $"({string.Join(", ", effect.Settings.Select(setting => FaustEffect.NameOf(setting.Id)))})";
        text.Append(FaustText.Wrapped($"{Name}{(Listens ? "(power)" : "")} = {call}")).Append("\nwith {\n");
        foreach ((int at, Parameter setting) in effect.Settings.Index())
            text.Append(Setting(setting, at));
        return text.Append("};").ToString();
    }

    private string Setting(Parameter setting, int at)
    {
        int own = slot.Parameters.Index().First(pair => pair.Item == setting).Index;
        SettingValue value = slot.Values[own];
        string name = FaustEffect.NameOf(setting.Id);
        string label = $"[{at}]{setting.Id}";
        if (setting.IsStructural)
            return $"    {name} = {Number(value.Still)};  // {UnitOf(setting)}; fixed, since memory depends on it\n";
        string note = value.Modulation is null ? "" : $"    // {ValueText.Format(setting, value)}\n";
        return note + value.Modulation switch
        {
            Wobble wobble => Moving(setting, label, wobble.From, wobble.To,
                $"wobble({Control(label + " rate", "Hz", wobble.RateHz, 0.01, 20, 0.01, isLogarithmic: true)})"),
            Sweep sweep => Moving(setting, label, sweep.From, sweep.To,
                $"sweep({Control(label + " time", "ms", sweep.Milliseconds, 10, 600_000, 1, isLogarithmic: true)})"),
            FollowLoudness follow => Moving(setting, label, follow.From, follow.To,
                $"follow(power, {Control(label + " time", "ms", follow.Milliseconds, 5, 5000, 1, true)})"),
            _ => $"    {name} = {Control(setting, label, Drawn(setting, value))};\n",
        };
    }

    private string Moving(Parameter setting, string label, double from, double to, string share)
    {
        string way = setting.Curve == ParameterCurve.Logarithmic ? "equal_ratios" : "equal_steps";
        string indent = $"    {FaustEffect.NameOf(setting.Id)} = {way}(";
        string separator = ",\n        ";
        return $"{indent}\n        {Control(setting, label + " from", from)}{separator}"
            + $"{Control(setting, label + " to", to)}{separator}{share});\n";
    }

    private double Drawn(Parameter setting, SettingValue value) =>
        RandomParameter.Of(value.Modulation, setting, slot.Step, seed) ?? value.Still;

    private string Control(Parameter setting, string label, double value) => Control(
        label, UnitOf(setting), AmountLaw.Scale(setting, slot.Role, value, amount), setting.Minimum, setting.Maximum,
        StepOf(setting), setting.Curve == ParameterCurve.Logarithmic);

    private string Control(
        string label, string unit, double value, double minimum, double maximum, double step, bool isLogarithmic) =>
        FaustText.Control($"[{index + 1}]{slot.Step}", label, unit, value, minimum, maximum, step, isLogarithmic);

    private static string UnitOf(Parameter setting) => setting.Unit switch
    {
        ParameterUnit.Hertz => "Hz",
        ParameterUnit.Decibels => "dB",
        ParameterUnit.Milliseconds => "ms",
        ParameterUnit.Percent => "%",
        ParameterUnit.Ratio => "to 1",
        ParameterUnit.Octaves => "oct",
        ParameterUnit.Bits => "bit",
        ParameterUnit.Semitones => "st",
        _ => "",
    };

    private static double StepOf(Parameter setting) => setting.Unit switch
    {
        ParameterUnit.Hertz => setting.Minimum >= 20 ? 1 : 0.01,
        ParameterUnit.Decibels or ParameterUnit.Ratio or ParameterUnit.Percent => 0.1,
        _ => 0.01,
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
