using System.Linq;
using R3X.FxHost.Metering;

namespace R3X.FxHost.Cli.Pictures;

/// <summary>A sound's frequencies over time, as heat.</summary>
internal static class SpectrogramPicture
{
    private const double Low = -100;
    private const double High = -10;
    private const double HighestFrequency = 20_000;
    private const int BarWidth = 12;

    /// <summary>Draws into a place on the canvas; frequencies stand left of it, seconds below, and the scale of levels
    /// right of it.</summary>
    /// <param name="seconds">What the whole width stands for; a shorter sound ends before.</param>
    public static void Draw(Canvas canvas, Place place, float[] samples, int sampleRate, double seconds)
    {
        var across = new Axis(0, seconds);
        var up = Axis.OfFrequency(System.Math.Min(HighestFrequency, sampleRate / 2.0));
        canvas.Fill(place.Left, place.Top, place.Width, place.Height, Colour.OfHeat(0));
        int width = System.Math.Clamp(
            (int)System.Math.Round(place.Width * (samples.Length / (double)sampleRate) / seconds), 1, place.Width);
        double[] edges = [.. Enumerable.Range(0, place.Height + 1).Select(i => up.At((double)i / place.Height))];
        Spectrogram spectrogram = Spectrogram.Of(samples, sampleRate, width, edges);
        for (int x = 0; x < width; x++)
        {
            for (int y = 0; y < place.Height; y++)
                canvas.Set(
                    place.Left + x, place.Bottom - 1 - y, Colour.OfHeat((spectrogram[x, y] - Low) / (High - Low)), 1);
        }

        foreach (double tick in up.Ticks)
        {
            int y = place.Y(up.PlaceOf(tick));
            canvas.Fill(place.Left - 5, y, 4, 1, Colour.Faint);
            canvas.Text(up.Label(tick), place.Left - 8, y, 9, Colour.Faint, anchor: 1);
        }

        foreach (double tick in across.Ticks)
        {
            int x = place.X(across.PlaceOf(tick));
            canvas.Fill(x, place.Bottom + 1, 1, 4, Colour.Faint);
            canvas.Text(across.Label(tick), x, place.Bottom + 13, 9, Colour.Faint, anchor: 0.5);
        }

        canvas.Frame(place.Left, place.Top, place.Width, place.Height, Colour.Faint);
        Scale(canvas, new Place(place.Right + 16, place.Top, BarWidth, place.Height));
    }

    private static void Scale(Canvas canvas, Place bar)
    {
        var levels = new Axis(Low, High);
        for (int y = 0; y < bar.Height; y++)
            canvas.Fill(bar.Left, bar.Bottom - 1 - y, bar.Width, 1, Colour.OfHeat(y / (bar.Height - 1.0)));
        canvas.Frame(bar.Left, bar.Top, bar.Width, bar.Height, Colour.Faint);
        foreach (double tick in levels.Ticks.Where(tick => tick % 20 == 0))
            canvas.Text(levels.Label(tick), bar.Right + 6, bar.Y(levels.PlaceOf(tick)), 9, Colour.Faint);
    }
}
