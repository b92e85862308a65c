using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace R3X.FxHost.Metering.Likeness;

/// <summary>
/// Recordings of a character, cut into pieces of about 3 s, of which a profile is made. One thread at a time.
/// </summary>
public sealed class CharacterRecordings
{
    /// <summary>A profile of fewer pieces is a guess.</summary>
    public const int EnoughPieces = ProfileStatistics.EnoughPieces;

    private const double LeastSpeech = 1;

    // Of DJ R-3X's 21 recordings: how far, in dB, the medians of so many of them are from those of all.
    private static readonly (int Pieces, double Db)[] Errors = [(1, 2.6), (5, 1.4), (12, 0.7)];

    private readonly List<RecordingPiece> _used = [];
    private readonly List<RecordingPiece> _rejected = [];

    /// <summary>
    /// Whether pieces with music or noise under them are used as well: the noise is the character's own.
    /// </summary>
    public bool KeepsNoise { get; init; }

    /// <summary>The pieces that a profile is made of.</summary>
    public IReadOnlyList<RecordingPiece> Used => _used;

    /// <summary>Those that are too short, or have music or noise under them.</summary>
    public IReadOnlyList<RecordingPiece> Rejected => _rejected;

    /// <summary>
    /// How far, in dB, the tone of a profile of so many pieces is to be expected from the character's.
    /// </summary>
    public double ExpectedErrorDb
    {
        get
        {
            int at = Array.FindLastIndex(Errors, error => error.Pieces <= _used.Count);
            if (at < 0 || at == Errors.Length - 1)
                return Errors[Math.Max(at, 0)].Db;
            (int fewer, double above) = Errors[at];
            (int more, double below) = Errors[at + 1];
            return above + ((below - above) * Math.Log((double)_used.Count / fewer) / Math.Log((double)more / fewer));
        }
    }

    /// <summary>Cuts a recording into pieces and measures them: about 20 ms for each second of it.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="samples">One channel, full scale at 1.0. What is no number counts as silence.</param>
    /// <param name="sampleRate">Frames per second, from 1,000.</param>
    public void Add(string name, ReadOnlySpan<float> samples, int sampleRate)
    {
        double[] sound = LikenessSound.Of(samples, sampleRate);
        IReadOnlyList<(int Start, int End, double Speech)> cuts = PieceCuts.Of(sound);
        if (cuts.Count == 0)
            _rejected.Add(new RecordingPiece(name, TimeSpan.Zero, Time(sound.Length), [], "there is no speech in it."));
        foreach ((int start, int end, double speech) in cuts)
        {
            RecordingPiece piece = Measure(name, sound[start..end], speech) with { Start = Time(start) };
            (piece.Fault is null ? _used : _rejected).Add(piece);
        }
    }

    /// <summary>
    /// Makes the profile. The delay of the tube is the one at which the pieces' ripples agree most, 0.5 to 2.5 ms.
    /// </summary>
    /// <exception cref="InvalidDataException">No piece can be used.</exception>
    public CharacterProfile Profile()
    {
        if (_used.Count == 0)
            throw new InvalidDataException("There is no piece to make a profile of.");
        (double tubeMs, _) = TubeRipple.FindDelay([.. _used.Select(piece => piece.Detail.ToArray())]);
        string[] names = [.. _used.Select(piece => piece.Recording).Distinct()];
        double seconds = _used.Sum(piece => piece.Length.TotalSeconds);
        return ProfileStatistics.Of([.. _used.Select(piece => piece.FeaturesAt(tubeMs)!)], tubeMs) with
        {
            About = FormattableString.Invariant(
                $"{(_used.Count == 1 ? "1 piece" : $"{_used.Count} pieces")}, {seconds:0} s, of {Shortened(names)}."),
            ThirdOctaves = ProfileStatistics.ThirdOctaves([.. _used.Select(piece => piece.Samples)]),
        };
    }

    private RecordingPiece Measure(string name, double[] samples, double speech)
    {
        float[] kept = Array.ConvertAll(samples, sample => (float)sample);
        var piece = new RecordingPiece(name, TimeSpan.Zero, Time(samples.Length), kept, null);
        if (speech < LeastSpeech)
        {
            string few = FormattableString.Invariant($"only {speech:0.0} s of speech; {LeastSpeech:0} s is the least.");
            return piece with { Fault = few };
        }

        double[] sound = LikenessSound.Of(kept, LikenessSound.Rate);
        double depth = NoiseFloor.DepthBelow(sound);
        if (depth < NoiseFloor.Deep && !KeepsNoise)
        {
            return piece with
            {
                Fault = FormattableString.Invariant(
                    $"music or noise under it: its gaps are only {Math.Floor(depth):0} dB ")
                    + FormattableString.Invariant($"below the voice; {NoiseFloor.Deep:0} dB are needed."),
            };
        }

        var frames = PowerFrames.OfSpeech(sound);
        return LikenessFeatures.OfColour(frames, TubeRipple.ShortestMs) is { } features
            ? piece with { Measured = features.WithTexture(sound).WithVoice(sound), Detail = TubeRipple.Detail(frames) }
            : piece with { Fault = "there is no speech in it." };
    }

    private static TimeSpan Time(int samples) => TimeSpan.FromSeconds((double)samples / LikenessSound.Rate);

    private static string Shortened(string[] names) =>
        names.Length <= 3 ? string.Join(", ", names) : $"{names[0]}, {names[1]} and {names.Length - 2} more";
}
