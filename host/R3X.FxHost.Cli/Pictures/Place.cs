using System;

namespace R3X.FxHost.Cli.Pictures;

/// <summary>A part of the canvas, in pixels; values in it lie between 0 and 1, upwards and to the right.</summary>
internal readonly record struct Place(int Left, int Top, int Width, int Height)
{
    public int Bottom => Top + Height;

    public int Right => Left + Width;

    public int X(double value) => (int)Math.Round(ExactX(value));

    public int Y(double value) => (int)Math.Round(ExactY(value));

    public double ExactX(double value) => Left + (value * (Width - 1));

    public double ExactY(double value) => Top + ((1 - value) * (Height - 1));
}
