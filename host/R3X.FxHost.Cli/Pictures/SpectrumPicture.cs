using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Metering;
using R3X.FxHost.Metering.Likeness;

namespace R3X.FxHost.Cli.Pictures;

/// <summary>Spectra as curves over one pair of axes, and what each is called.</summary>
internal static class SpectrumPicture
{
    private const double Low = -50;
    private const double High = 0;
    private const double Highest = 20_000;

    /// <summary>Draws into a place on the canvas; numbers stand left of it and below.</summary>
    public static void Draw(
        Canvas canvas,
        Place place,
        IReadOnlyList<(string Name, VoiceSpectrum Spectrum, Colour Colour)> voices,
        Character character)
    {
        var across = Axis.OfFrequency(Highest);
        var up = new Axis(Low, High);
        canvas.Fill(place.Left, place.Top, place.Width, place.Height, Colour.Panel);
        IReadOnlyList<BandLevel> bands = character.Profile.ThirdOctaves;
        Band(canvas, place, [.. bands.Select(band => (
            across.PlaceOf(band.Frequency),
            up.PlaceOf(band.Median - band.Spread),
            up.PlaceOf(band.Median + band.Spread)))]);
        foreach (double tick in up.Ticks)
        {
            int y = place.Y(up.PlaceOf(tick));
            canvas.Fill(place.Left, y, place.Width, 1, Colour.Grid);
            canvas.Text(up.Label(tick), place.Left - 8, y, 9, Colour.Faint, anchor: 1);
        }

        foreach (double tick in across.Ticks)
        {
            int x = place.X(across.PlaceOf(tick));
            canvas.Fill(x, place.Top, 1, place.Height, Colour.Grid);
            canvas.Text(across.Label(tick), x, place.Bottom + 13, 9, Colour.Faint, anchor: 0.5);
        }

        double[] centres = [.. bands.Select(band => across.PlaceOf(band.Frequency))];
        double[] medians = [.. bands.Select(band => up.PlaceOf(band.Median))];
        Curve(canvas, place, centres, medians, Colour.Character, isDashed: true);
        double[] frequencies = [.. Enumerable.Range(0, place.Width / 3).Select(i => across.At(i * 3.0 / place.Width))];
        foreach (var (_, spectrum, colour) in voices)
            Curve(canvas, place, [.. frequencies.Select(across.PlaceOf)],
                [.. spectrum.Curve(frequencies).Select(up.PlaceOf)], colour, isDashed: false);
        canvas.Frame(place.Left, place.Top, place.Width, place.Height, Colour.Faint);
        List<(string, Colour, bool)> entries = [.. voices.Select(voice => (voice.Name, voice.Colour, false))];
        if (bands.Count > 0)
            entries.Add((character.Name, Colour.Character, true));
        Legend(canvas, place, [.. entries]);
    }

    // How far the character's recordings are apart: what lies inside is as it should be.
    private static void Band(Canvas canvas, Place place, (double X, double Low, double High)[] edges)
    {
        for (int i = 1; i < edges.Length; i++)
        {
            (double X, double Low, double High) from = edges[i - 1];
            (double X, double Low, double High) to = edges[i];
            for (int x = place.X(from.X); x < place.X(to.X); x++)
            {
                double part = (double)(x - place.X(from.X)) / (place.X(to.X) - place.X(from.X));
                int top = place.Y(Math.Min(1, from.High + (part * (to.High - from.High))));
                int bottom = place.Y(Math.Max(0, from.Low + (part * (to.Low - from.Low))));
                canvas.Fill(x, top, 1, bottom - top, Colour.CharacterBand);
            }
        }
    }

    private static void Curve(Canvas canvas, Place place, double[] x, double[] y, Colour colour, bool isDashed)
    {
        for (int i = 1; i < x.Length; i++)
        {
            if (!(y[i - 1] > 0 && y[i] > 0) || y[i] > 1 || y[i - 1] > 1)
                continue;
            double fromX = place.ExactX(x[i - 1]);
            double fromY = place.ExactY(y[i - 1]);
            double toX = place.ExactX(x[i]);
            double toY = place.ExactY(y[i]);
            if (isDashed)
                Dashes(canvas, fromX, fromY, toX, toY, colour);
            else
                canvas.Line(fromX, fromY, toX, toY, colour, 2.2);
        }
    }

    private static void Dashes(Canvas canvas, double fromX, double fromY, double toX, double toY, Colour colour)
    {
        const int parts = 5;
        for (int part = 0; part < parts; part += 2)
        {
            double start = (part + 0.2) / parts;
            double end = (part + 0.8) / parts;
            canvas.Line(fromX + (start * (toX - fromX)), fromY + (start * (toY - fromY)), fromX + (end * (toX - fromX)),
                fromY + (end * (toY - fromY)), colour, 1.8);
        }
    }

    private static void Legend(Canvas canvas, Place place, (string Name, Colour Colour, bool IsDashed)[] entries)
    {
        double right = place.Left + place.Width - 14;
        for (int i = entries.Length - 1; i >= 0; i--)
        {
            double start = right - StrokeFont.Width(entries[i].Name, 10);
            canvas.Text(entries[i].Name, start, place.Top + 16, 10, Colour.Ink);
            if (entries[i].IsDashed)
                Dashes(canvas, start - 34, place.Top + 16, start - 8, place.Top + 16, entries[i].Colour);
            else
                canvas.Line(start - 34, place.Top + 16, start - 8, place.Top + 16, entries[i].Colour, 2.4);
            right = start - 52;
        }
    }
}
