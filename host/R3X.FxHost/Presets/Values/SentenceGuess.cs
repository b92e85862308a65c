using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Presets.Values;

/// <summary>What was probably meant by a sentence that says it wrongly.</summary>
internal static class SentenceGuess
{
    // A sentence that people would not read is no fix.
    private const int Longest = 90;

    /// <summary>What was written, in the order in which it makes sense, with a usual pace where none was given; null
    /// when no sentence comes of it.</summary>
    public static string? For(ModulationForm form, ValueRange setting, List<SentencePart> parts)
    {
        List<string> values = [.. parts.Where(part => !part.IsWord).Select(part => part.Text)];
        if (form.Pace is { } pace && values.Count == 2)
            values.Add(pace.Print(pace.Default));
        if (!form.IsOpen && values.Count > form.Words.Length)
            values = values[..form.Words.Length];
        if (form.IsOpen ? values.Count < 2 : values.Count != form.Words.Length)
            return null;
        return Said(form, setting, values) ?? Said(form, setting, [.. values.Skip(1), values[0]]);
    }

    /// <summary>A sentence of the form that the setting takes.</summary>
    public static string Example(ModulationForm form, ValueRange setting)
    {
        double other = setting.Default < setting.Maximum ? setting.Maximum : setting.Minimum;
        return form.Print(
            form.Pace is { } pace ? [setting.Default, other, pace.Default] : [setting.Default, other], setting);
    }

    private static string? Said(ModulationForm form, ValueRange setting, List<string> values)
    {
        ValueReading[] readings = [.. values.Select((value, i) => ValueReader.Read(value, form.RangeOf(i, setting)))];
        if (readings.Any(reading => reading.Diagnostic is not null)
            || (!form.IsOpen && readings[0].Value == readings[1].Value))
            return null;
        string sentence = form.Print([.. readings.Select(reading => reading.Value)], setting);
        return sentence.Length <= Longest ? sentence : null;
    }
}
