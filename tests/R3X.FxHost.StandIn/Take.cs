using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.StandIn;

/// <summary>A line as it is spoken: 22,050 Hz, mono. Made once for the same parts.</summary>
/// <param name="Text">What is said.</param>
/// <param name="Samples">How it sounds.</param>
/// <param name="Times">When each character begins, in seconds, and the end: a part's characters share its time
/// evenly.</param>
/// <param name="Ends">When each part ends, in seconds.</param>
internal sealed record Take(
    string Text, short[] Samples, IReadOnlyList<double> Times, IReadOnlyList<double> Ends)
{
    public const int Rate = 22_050;

    private const double ClickedCharacter = 0.06;
    private static readonly ConcurrentDictionary<string, Lazy<Task<Take>>> Made = new();

    public TimeSpan Length => TimeSpan.FromSeconds((double)Samples.Length / Rate);

    /// <summary>Speaks parts one behind the other.</summary>
    public static Task<Take> OfAsync(params IReadOnlyList<Part> parts) => Made.GetOrAdd(
        string.Join('\n', parts.SelectMany(p => new[] { p.Voice, p.Text })),
        static (_, parts) => new Lazy<Task<Take>>(() => Task.Run(() => SpeakAsync(parts))), parts).Value;

    private static async Task<Take> SpeakAsync(IReadOnlyList<Part> parts)
    {
        var samples = new List<short>();
        var times = new List<double>();
        var ends = new List<double>();
        foreach (Part part in parts)
        {
            short[] spoken = part.Voice == Voices.Clicks ? Click(part.Text) : await SpeakAsync(part);
            times.AddRange(Enumerable.Range(0, part.Text.Length).Select(i =>
                (samples.Count + ((double)spoken.Length * i / part.Text.Length)) / Rate));
            samples.AddRange(spoken);
            ends.Add((double)samples.Count / Rate);
        }

        times.Add((double)samples.Count / Rate);
        return new Take(string.Concat(parts.Select(p => p.Text)), [.. samples], times, ends);
    }

    private static async Task<short[]> SpeakAsync(Part part)
    {
        // Words on its standard input: a text that begins with a dash is no option.
        using Process espeak = Process.Start(
            new ProcessStartInfo("espeak-ng", ["-v", Voices.All[part.Voice], "--stdin", "--stdout"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
        Task writing = WriteAsync(espeak.StandardInput, part.Text);
        using var wave = new MemoryStream();
        await espeak.StandardOutput.BaseStream.CopyToAsync(wave, CancellationToken.None);
        await writing;
        await espeak.WaitForExitAsync(CancellationToken.None);
        const int Head = 44;
        return wave.Length <= Head
            ? []
            : MemoryMarshal.Cast<byte, short>(wave.GetBuffer().AsSpan(Head, ((int)wave.Length - Head) & ~1)).ToArray();
    }

    private static async Task WriteAsync(StreamWriter input, string text)
    {
        await input.WriteAsync(text);
        input.Close();
    }

    private static short[] Click(string text)
    {
        int character = (int)(ClickedCharacter * Rate);
        short[] samples = new short[text.Length * character];
        for (int i = 0; i < text.Length; i++)
        {
            bool begins = text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
            for (int n = 0; begins && n < Rate / 100; n++)
            {
                // 10 ms of 1 kHz that begin at once and die away: the beginning is what is looked for.
                samples[(i * character) + n] = (short)(24_000 * Math.Cos(2 * Math.PI * 1_000 * n / Rate)
                    * Math.Exp(-n / 60.0));
            }
        }

        return samples;
    }
}
