using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.Extensions.Localization;
using R3X.FxHost.Metering.Response;

namespace R3X.FxHost.Studio.See;

/// <summary>A line of a scale.</summary>
/// <param name="At">Where it is, along the scale.</param>
/// <param name="From">Where it begins, across.</param>
/// <param name="LabelAt">Where its label stands, across.</param>
/// <param name="Label">What it says.</param>
internal readonly record struct ResponseTick(string At, string From, string LabelAt, string Label);

/// <summary>A response as the paths of a drawing, a point a unit wide; 48 dB high, of which 36 are below the lowest top
/// that holds it.</summary>
/// <param name="response">The response.</param>
internal sealed class ResponseDrawing(StepResponse response)
{
    private const int Left = 30;
    private const int Height = 110;
    private const double Span = 48;
    private const double LeastRange = 0.3;

    private readonly double _top = Math.Max(12, 12 * Math.Ceiling(response.Points.Max(point => point.Highest) / 12));

    /// <summary>The drawing's place, with room for half a label at its top.</summary>
    public static string ViewBox => $"0 -6 {Right} {Height + 22}";

    /// <summary>Where the frequencies end.</summary>
    public static int Right => Left + (10 * StepResponse.PointsPerOctave);

    /// <summary>Where the levels end.</summary>
    public static int Bottom => Height;

    /// <summary>Every 12 dB.</summary>
    public IEnumerable<ResponseTick> Levels => Enumerable.Range(0, 4).Select(i => _top - (12 * i)).Select(
        level => new ResponseTick(Up(level), $"{Left}", $"{Left - 4}",
            level.ToString("+0;−0;0", CultureInfo.InvariantCulture)));

    /// <summary>From 50 Hz to 10 kHz.</summary>
    public IEnumerable<ResponseTick> Frequencies => ((int[])[50, 100, 200, 500, 1000, 2000, 5000, 10_000]).Select(
        hertz => new ResponseTick(
            Said(Left + (StepResponse.PointsPerOctave * Math.Log2(hertz / response.Points[0].Frequency))), "0",
            $"{Height + 12}", hertz < 1000 ? $"{hertz}" : $"{hertz / 1000}k"));

    /// <summary>The line.</summary>
    public string Curve => "M" + Line(point => point.Decibels);

    /// <summary>What the response passes through where settings move, or where its lines are closer than points; empty
    /// where there is nothing to see of it.</summary>
    public string Range => response.Points.All(point => point.Highest - point.Lowest < LeastRange)
        ? ""
        : $"M{Line(point => point.Highest)} L{Line(point => point.Lowest, isBack: true)}Z";

    /// <summary>The response in words.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="texts">The page's.</param>
    public string Describe(string step, IStringLocalizer<Texts> texts)
    {
        ResponsePoint most = response.Points.MaxBy(point => point.Decibels);
        ResponsePoint least = response.Points.MinBy(point => point.Decibels);
        string still = most.Decibels < 0.05 && least.Decibels > -0.05
            ? texts["See.ResponseFlat", step]
            : texts["See.Response", step, Level(most), Pitch(most), Level(least), Pitch(least)];
        return response.Movement == 0 ? still : texts[
            "See.ResponseMoves", still, response.Movement.ToString("0.0", CultureInfo.InvariantCulture)];

        string Level(ResponsePoint point) => texts[
            "See.Decibels", point.Decibels.ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture)];
        string Pitch(ResponsePoint point) => point.Frequency < 1000
            ? texts["See.Hertz", point.Frequency.ToString("0", CultureInfo.InvariantCulture)]
            : texts["See.Kilohertz", (point.Frequency / 1000).ToString("0.0#", CultureInfo.InvariantCulture)];
    }

    private string Line(Func<ResponsePoint, double> level, bool isBack = false)
    {
        var path = new StringBuilder();
        for (int i = 0; i < response.Points.Count; i++)
        {
            int at = isBack ? response.Points.Count - 1 - i : i;
            path.Append(CultureInfo.InvariantCulture, $"{Left + at} {Up(level(response.Points[at]))} ");
        }

        return path.ToString();
    }

    private string Up(double level) => Said(Math.Clamp((_top - level) / Span, 0, 1) * Height);

    private static string Said(double place) => place.ToString("0.#", CultureInfo.InvariantCulture);
}
