using System;
using System.Collections.Generic;
using R3X.FxHost.Metering;

namespace R3X.FxHost.Cli.Pictures;

/// <summary>What an analysis found, on one sheet: numbers, spectra, spectrograms.</summary>
internal static class AnalysisPicture
{
    private const int Width = 1_280;
    private const int Left = 84;
    private const int PanelWidth = 1_110;
    private const int SpectrumHeight = 330;
    private const int SpectrogramHeight = 250;
    private const int FirstPanel = 116;
    private const int BetweenPanels = 78;

    public static Canvas Draw(Analysis wet, Analysis? dry, Character character, IReadOnlyList<string> figures)
    {
        int spectrograms = dry is null ? 1 : 2;
        int height = FirstPanel + SpectrumHeight + (spectrograms * (BetweenPanels + SpectrogramHeight)) + 52;
        var canvas = new Canvas(Width, height);
        canvas.Text(Shortened(wet.Name), Left, 34, 17, Colour.Ink);
        double at = Left;
        foreach (string figure in figures)
        {
            canvas.Text(figure, at, 66, 11, Colour.Faint);
            at += StrokeFont.Width(figure, 11) + 30;
        }

        var voices = new List<(string, VoiceSpectrum, Colour)>();
        if (dry?.Spectrum is { } before)
            voices.Add(("before", before, Colour.Dry));
        if (wet.Spectrum is { } spectrum)
            voices.Add((dry is null ? "this sound" : "after", spectrum, Colour.Wet));
        var place = new Place(Left, FirstPanel, PanelWidth, SpectrumHeight);
        Title(canvas, place, "Spectrum: level of each third of an octave in dB of the whole, over Hz");
        SpectrumPicture.Draw(canvas, place, voices, character);

        double seconds = Math.Max(Math.Max(wet.MonoSeconds, dry?.MonoSeconds ?? 0), 0.05);
        place = place with { Top = place.Bottom + BetweenPanels, Height = SpectrogramHeight };
        Title(canvas, place, (dry is null ? "Spectrogram" : "After") + ": Hz over seconds, levels in dBFS");
        SpectrogramPicture.Draw(canvas, place, wet.Mono, wet.Format.SampleRate, seconds);
        if (dry is not null)
        {
            place = place with { Top = place.Bottom + BetweenPanels };
            Title(canvas, place, "Before: " + Shortened(dry.Name));
            SpectrogramPicture.Draw(canvas, place, dry.Mono, dry.Format.SampleRate, seconds);
        }

        return canvas;
    }

    private static void Title(Canvas canvas, Place place, string text) =>
        canvas.Text(text, place.Left, place.Top - 16, 10, Colour.Ink);

    private static string Shortened(string name) => name.Length <= 70 ? name : "..." + name[^67..];
}
