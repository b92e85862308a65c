using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Conformance;

namespace R3X.FxHost.Cli.Pictures;

/// <summary>The stretch of sound in which a check failed: what went in, what came out and what should have.</summary>
internal static class FailedBlockPicture
{
    private const int Width = 1_280;
    private const int Left = 84;
    private const int PanelWidth = 1_110;
    private const int PanelHeight = 190;
    private const int FirstPanel = 132;
    private const int BetweenPanels = 64;
    private const int LettersOfALine = 150;

    /// <param name="title">The effect and the check.</param>
    /// <param name="result">A result with a block.</param>
    public static Canvas Draw(string title, ConformanceResult result)
    {
        FailedBlock block = result.Block!;
        bool isCertain = block.Expected.Count > 0;
        int panels = isCertain ? 3 : 2;
        var canvas = new Canvas(Width, FirstPanel + (panels * (PanelHeight + BetweenPanels)));
        canvas.Text(title, Left, 34, 17, Colour.Ink);
        canvas.Text(Shortened(result.Measured ?? ""), Left, 66, 10, Colour.Faint);
        canvas.Text(Shortened($"Promised: {result.Promise}"), Left, 88, 10, Colour.Faint);
        var place = new Place(Left, FirstPanel, PanelWidth, PanelHeight);
        Panel(canvas, place, "What went in", block, [(block.Input, Colour.Dry)]);
        place = place with { Top = place.Bottom + BetweenPanels };
        if (!isCertain)
        {
            Panel(canvas, place, "What came out", block, [(block.Output, Colour.Wet)]);
            return canvas;
        }

        Panel(canvas, place, "What came out, over what should have (grey)", block,
            [(block.Expected, Colour.Character), (block.Output, Colour.Wet)]);
        place = place with { Top = place.Bottom + BetweenPanels };
        float[] difference = [.. block.Output.Zip(block.Expected, (output, expected) => output - expected)];
        Panel(canvas, place, "The difference, at a scale of its own", block, [(difference, Colour.Ink)]);
        return canvas;
    }

    private static void Panel(
        Canvas canvas,
        Place place,
        string title,
        FailedBlock block,
        (IReadOnlyList<float> Samples, Colour Colour)[] curves)
    {
        canvas.Text(title, place.Left, place.Top - 16, 10, Colour.Ink);
        canvas.Fill(place.Left, place.Top, place.Width, place.Height, Colour.Panel);
        int frames = Math.Max(2, block.Output.Count);
        double most = curves.SelectMany(curve => curve.Samples).Where(float.IsFinite)
            .Select(sample => Math.Abs((double)sample)).Append(0).Max();
        var up = new Axis(-Scale(most), Scale(most));
        var across = new Axis(block.Start, block.Start + frames - 1);
        foreach (double tick in up.Ticks)
        {
            canvas.Fill(place.Left, place.Y(up.PlaceOf(tick)), place.Width, 1, Colour.Grid);
            canvas.Text(Number(tick), place.Left - 8, place.Y(up.PlaceOf(tick)), 9, Colour.Faint, anchor: 1);
        }

        foreach (double tick in across.Ticks)
            canvas.Text(Number(tick), place.X(across.PlaceOf(tick)), place.Bottom + 13, 9, Colour.Faint, anchor: 0.5);
        int failed = place.X(across.PlaceOf(block.At));
        canvas.Fill(failed, place.Top, 1, place.Height, Colour.Wet);
        foreach ((IReadOnlyList<float> samples, Colour colour) in curves)
            Curve(canvas, place, samples, up, frames, colour);
        canvas.Frame(place.Left, place.Top, place.Width, place.Height, Colour.Faint);
    }

    // What is no number is a bar from top to bottom.
    private static void Curve(
        Canvas canvas, Place place, IReadOnlyList<float> samples, Axis up, int frames, Colour colour)
    {
        for (int i = 0; i < samples.Count; i++)
        {
            if (!float.IsFinite(samples[i]))
                canvas.Fill(
                    place.X((double)i / (frames - 1)), place.Top, 2, place.Height, colour.Mixed(Colour.Panel, 0.6));
            else if (i > 0 && float.IsFinite(samples[i - 1]))
                canvas.Line(
                    place.ExactX((i - 1.0) / (frames - 1)), place.ExactY(up.PlaceOf(samples[i - 1])),
                    place.ExactX((double)i / (frames - 1)), place.ExactY(up.PlaceOf(samples[i])), colour, 1.2);
        }
    }

    private static double Scale(double most) => most > 0 ? 1.05 * most : 1;

    private static string Number(double value) => Math.Abs(value) is 0 or >= 0.001 and < 100_000
        ? string.Create(null, $"{value:0.####}") : string.Create(null, $"{value:0.#e0}");

    private static string Shortened(string text) =>
        text.Length <= LettersOfALine ? text : text[..(LettersOfALine - 3)] + "...";
}
