using System;
using System.IO;

namespace R3X.FxHost.Cli.Pictures;

/// <summary>A picture that is drawn on; places count in pixels from the left and the top. Whatever lies outside is not
/// drawn.</summary>
// Not SkiaSharp or ScottPlot: where no system fonts are, their pictures lose all text.
internal sealed class Canvas
{
    private readonly byte[] _pixels;

    public Canvas(int width, int height)
    {
        Width = width;
        Height = height;
        _pixels = new byte[width * height * 3];
        Fill(0, 0, width, height, Colour.Paper);
    }

    public int Width { get; }

    public int Height { get; }

    public void Fill(int left, int top, int width, int height, Colour colour)
    {
        for (int y = top; y < top + height; y++)
        {
            for (int x = left; x < left + width; x++)
                Set(x, y, colour, 1);
        }
    }

    /// <summary>A line with round, smooth ends.</summary>
    public void Line(double fromX, double fromY, double toX, double toY, Colour colour, double thickness = 1)
    {
        double reach = (thickness / 2) + 0.5;
        int top = (int)Math.Floor(Math.Max(0, Math.Min(fromY, toY) - reach));
        int bottom = (int)Math.Ceiling(Math.Min(Height - 1, Math.Max(fromY, toY) + reach));
        int left = (int)Math.Floor(Math.Max(0, Math.Min(fromX, toX) - reach));
        int right = (int)Math.Ceiling(Math.Min(Width - 1, Math.Max(fromX, toX) + reach));
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
                Set(x, y, colour, Math.Clamp(reach - Distance(x, y, fromX, fromY, toX, toY), 0, 1));
        }
    }

    public void Frame(int left, int top, int width, int height, Colour colour)
    {
        Fill(left - 1, top - 1, width + 2, 1, colour);
        Fill(left - 1, top + height, width + 2, 1, colour);
        Fill(left - 1, top, 1, height, colour);
        Fill(left + width, top, 1, height, colour);
    }

    /// <summary>Text whose capitals are about as high as the size says.</summary>
    /// <param name="text">One line.</param>
    /// <param name="x">Where it stands, by <paramref name="anchor"/>.</param>
    /// <param name="y">The middle of its capitals.</param>
    /// <param name="size">Height of a capital letter.</param>
    /// <param name="colour">Of the letters.</param>
    /// <param name="anchor">0 for a text that begins at x, 0.5 for one around it, 1 for one that ends there.</param>
    public void Text(string text, double x, double y, double size, Colour colour, double anchor = 0)
    {
        double at = x - (anchor * StrokeFont.Width(text, size));
        double thickness = Math.Max(1.1, size / 7);
        foreach (char letter in text)
        {
            foreach (var (fromX, fromY, toX, toY) in StrokeFont.Strokes(letter))
            {
                double unit = size / StrokeFont.CapitalHeight;
                double top = y - (size / 2);
                Line(at + (fromX * unit), top + (fromY * unit), at + (toX * unit), top + (toY * unit), colour,
                    thickness);
            }

            at += StrokeFont.Width(letter, size);
        }
    }

    public void Set(int x, int y, Colour colour, double cover)
    {
        if (cover <= 0 || (uint)x >= (uint)Width || (uint)y >= (uint)Height)
            return;
        int at = ((y * Width) + x) * 3;
        Colour now = new Colour(_pixels[at], _pixels[at + 1], _pixels[at + 2]).Mixed(colour, cover);
        (_pixels[at], _pixels[at + 1], _pixels[at + 2]) = (now.Red, now.Green, now.Blue);
    }

    public void Save(Stream target) => PngFile.Write(target, _pixels, Width, Height);

    private static double Distance(double x, double y, double fromX, double fromY, double toX, double toY)
    {
        double dx = toX - fromX;
        double dy = toY - fromY;
        double length = (dx * dx) + (dy * dy);
        double along = length == 0 ? 0 : Math.Clamp((((x - fromX) * dx) + ((y - fromY) * dy)) / length, 0, 1);
        return Math.Sqrt(Math.Pow(x - fromX - (along * dx), 2) + Math.Pow(y - fromY - (along * dy), 2));
    }
}
