using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Cli.Pictures;
using R3X.FxHost.Matching;

namespace R3X.FxHost.Cli.Fitting;

/// <summary>The recordings' band over frequency, the voice as it is dry and as it is fitted.</summary>
internal static class MatchPicture
{
    private static readonly Colour Band = new(226, 222, 204);

    public static Canvas Draw(MatchResult result)
    {
        var canvas = new Canvas(1_000, 560);
        var place = new Place(70, 60, 900, 440);
        var across = new Axis(200, 9_000, IsLogarithmic: true);
        MatchedColour colour = result.Colour;
        double[] levels =
        [
            .. colour.Dry, .. colour.Match, .. colour.Character.Zip(colour.Spread, (median, spread) => median - spread),
            .. colour.Character.Zip(colour.Spread, (median, spread) => median + spread),
        ];
        // A line of a low sample rate has nothing at the top; that need not be seen to its depth.
        var up = new Axis(Math.Max(-40, Math.Floor(levels.Min() / 10) * 10), Math.Ceiling(levels.Max() / 10) * 10);
        canvas.Text("Colour of the voice: level over frequency in dB, the mean taken off", place.Left, 28, 12,
            Colour.Ink);
        canvas.Fill(place.Left, place.Top, place.Width, place.Height, Colour.Panel);
        double[] x = [.. colour.Hertz.Select(across.PlaceOf)];
        double[] low = [.. colour.Character.Zip(colour.Spread, (median, spread) => up.PlaceOf(median - spread))];
        double[] high = [.. colour.Character.Zip(colour.Spread, (median, spread) => up.PlaceOf(median + spread))];
        FillBand(canvas, place, x, low, high);
        foreach (double tick in up.Ticks)
        {
            int y = place.Y(up.PlaceOf(tick));
            canvas.Fill(place.Left, y, place.Width, 1, Colour.Grid);
            canvas.Text(up.Label(tick), place.Left - 8, y, 9, Colour.Faint, anchor: 1);
        }

        foreach (double tick in across.Ticks)
        {
            int at = place.X(across.PlaceOf(tick));
            canvas.Fill(at, place.Top, 1, place.Height, Colour.Grid);
            canvas.Text(across.Label(tick), at, place.Bottom + 13, 9, Colour.Faint, anchor: 0.5);
        }

        Curve(canvas, place, x, [.. colour.Character.Select(up.PlaceOf)], Colour.Character);
        Curve(canvas, place, x, [.. colour.Dry.Select(up.PlaceOf)], Colour.Dry);
        if (result.Text is not null)
            Curve(canvas, place, x, [.. colour.Match.Select(up.PlaceOf)], Colour.Wet);
        canvas.Frame(place.Left, place.Top, place.Width, place.Height, Colour.Faint);
        (string, Colour)[] names = [("recordings, median and spread", Colour.Character), ("dry", Colour.Dry),
            ("matched", Colour.Wet)];
        double left = place.Left;
        foreach ((string name, Colour ink) in result.Text is null ? names[..2] : names)
        {
            canvas.Line(left, 540, left + 28, 540, ink, 2.4);
            canvas.Text(name, left + 36, 540, 10, Colour.Ink);
            left += 72 + StrokeFont.Width(name, 10);
        }

        return canvas;
    }

    private static void FillBand(Canvas canvas, Place place, double[] x, double[] low, double[] high)
    {
        for (int at = place.X(x[0]); at <= place.X(x[^1]); at++)
        {
            double value = (double)(at - place.Left) / (place.Width - 1);
            int next = 1;
            while (next < x.Length - 1 && x[next] < value)
                next++;
            double part = (value - x[next - 1]) / (x[next] - x[next - 1]);
            int top = Math.Max(place.Top, place.Y(high[next - 1] + (part * (high[next] - high[next - 1]))));
            int bottom = Math.Min(place.Bottom, place.Y(low[next - 1] + (part * (low[next] - low[next - 1]))));
            canvas.Fill(at, top, 1, bottom - top, Band);
        }
    }

    private static void Curve(Canvas canvas, Place place, double[] x, IReadOnlyList<double> y, Colour ink)
    {
        for (int i = 1; i < x.Length; i++)
        {
            double from = Math.Clamp(y[i - 1], 0, 1);
            double to = Math.Clamp(y[i], 0, 1);
            canvas.Line(place.ExactX(x[i - 1]), place.ExactY(from), place.ExactX(x[i]), place.ExactY(to), ink, 2.2);
        }
    }
}
