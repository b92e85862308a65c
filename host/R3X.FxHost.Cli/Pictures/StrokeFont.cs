using System;
using System.Collections.Generic;

namespace R3X.FxHost.Cli.Pictures;

/// <summary>
/// Letters as pen strokes on a small grid: 0 at the top of a capital, 6 at the line it stands on, 8 at the lowest tail.
/// A glyph is a list of strokes parted by commas, a stroke the points it goes through, each its x and its y.
/// </summary>
internal static class StrokeFont
{
    public const double CapitalHeight = 6;

    private const double Gap = 1.7;
    private const double Space = 2.2;
    private const string Unknown = "00 40 46 06 00";

    private static readonly Dictionary<char, string> Glyphs = new()
    {
        ['0'] = "10 30 41 45 36 16 05 01 10", ['1'] = "11 20 26,16 36", ['2'] = "01 10 30 41 42 06 46",
            ['3'] = "01 10 30 41 42 33 13,33 44 45 36 16 05",
        ['4'] = "36 30 04 44", ['5'] = "40 00 03 32 43 45 36 16 05", ['6'] = "41 30 10 01 05 16 36 45 44 33 13 04",
            ['7'] = "00 40 16",
        ['8'] = "13 02 01 10 30 41 42 33 13 04 05 16 36 45 44 33", ['9'] = "05 16 36 45 41 30 10 01 02 13 33 42",
        ['A'] = "06 20 46,14 34", ['B'] = "06 00 30 41 42 33 03,33 44 45 36 06", ['C'] = "41 30 10 01 05 16 36 45",
            ['D'] = "00 20 42 44 26 06 00",
        ['E'] = "40 00 06 46,03 33", ['F'] = "40 00 06,03 33", ['G'] = "41 30 10 01 05 16 36 45 43 23",
            ['H'] = "00 06,40 46,03 43", ['I'] = "00 06",
        ['J'] = "30 35 26 16 05", ['K'] = "00 06,40 03 46", ['L'] = "00 06 36", ['M'] = "06 00 23 40 46",
            ['N'] = "06 00 46 40",
        ['O'] = "10 30 41 45 36 16 05 01 10", ['P'] = "06 00 30 41 42 33 03",
            ['Q'] = "10 30 41 45 36 16 05 01 10,34 47",
        ['R'] = "06 00 30 41 42 33 03,23 46", ['S'] = "41 30 10 01 02 13 33 44 45 36 16 05", ['T'] = "00 40,20 26",
            ['U'] = "00 05 16 36 45 40",
        ['V'] = "00 26 40", ['W'] = "00 16 22 36 40", ['X'] = "00 46,40 06", ['Y'] = "00 23 40,23 26",
            ['Z'] = "00 40 06 46",
        ['a'] = "02 22 33 36,34 14 05 16 26 35", ['b'] = "00 06,03 12 22 33 35 26 16 05",
            ['c'] = "33 22 12 03 05 16 26 35",
        ['d'] = "30 36,33 22 12 03 05 16 26 35", ['e'] = "04 34 33 22 12 03 05 16 26 35", ['f'] = "30 20 11 16,02 22",
        ['g'] = "32 37 28 18 07,33 22 12 03 05 16 26 35", ['h'] = "00 06,03 12 22 33 36", ['i'] = "02 06,00 00",
            ['j'] = "12 17 08,10 10",
        ['k'] = "00 06,32 04 36", ['l'] = "00 05 16", ['m'] = "02 06,03 12 23 26,23 32 43 46",
            ['n'] = "02 06,03 12 22 33 36",
        ['o'] = "12 22 33 35 26 16 05 03 12", ['p'] = "02 08,03 12 22 33 35 26 16 05",
            ['q'] = "32 38,33 22 12 03 05 16 26 35", ['r'] = "02 06,03 12 22",
        ['s'] = "33 22 12 03 14 24 35 26 16 05", ['t'] = "10 15 26,02 22", ['u'] = "02 05 16 26 35,32 36",
            ['v'] = "02 26 42", ['w'] = "02 16 23 36 42",
        ['x'] = "02 36,32 06", ['y'] = "02 26,42 18 08", ['z'] = "02 32 06 36",
        ['.'] = "06 06", [','] = "16 07", ['-'] = "03 33", ['+'] = "03 43,21 25", [':'] = "03 03,06 06",
            ['/'] = "07 40", ['('] = "20 11 15 26", [')'] = "00 11 15 06",
        ['%'] = "06 40,00 10 11 01 00,35 45 46 36 35", ['_'] = "07 47", ['='] = "02 42,04 44", ['\''] = "00 01",
            ['<'] = "41 03 45", ['>'] = "01 43 05", [' '] = "",
    };

    /// <summary>The lines of a letter, on the grid. What there is no letter for is a box.</summary>
    public static IEnumerable<(double FromX, double FromY, double ToX, double ToY)> Strokes(char letter)
    {
        foreach (string stroke in GlyphOf(letter).Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] points = stroke.Split(' ');
            for (int i = 1; i < points.Length; i++)
                yield return (points[i - 1][0] - '0', points[i - 1][1] - '0', points[i][0] - '0', points[i][1] - '0');
        }
    }

    /// <summary>How far a letter moves the pen on, for capitals of a height.</summary>
    public static double Width(char letter, double size)
    {
        double widest = letter == ' ' ? Space : 0;
        foreach (var (fromX, _, toX, _) in Strokes(letter))
            widest = Math.Max(widest, Math.Max(fromX, toX));
        return (widest + Gap) * size / CapitalHeight;
    }

    public static double Width(string text, double size)
    {
        double width = 0;
        foreach (char letter in text)
            width += Width(letter, size);
        return Math.Max(0, width - (Gap * size / CapitalHeight));
    }

    private static string GlyphOf(char letter) => Glyphs.TryGetValue(letter, out string? glyph) ? glyph : Unknown;
}
