using System;
using System.IO;
using System.Linq;
using R3X.FxHost.Metering.Likeness;
using Xunit;

namespace R3X.FxHost.Tests.Metering.Likeness;

public sealed class CharacterProfileTests
{
    [Fact]
    public void What_is_written_is_read_as_it_was()
    {
        CharacterProfile written = ProfileStatistics.Of(Pieces(6), 1.3) with
        {
            About = "six pieces",
            ThirdOctaves = CharacterProfile.DjRex.ThirdOctaves,
        };
        CharacterProfile read = Again(written);
        Assert.Equal(written.Median.Tone, read.Median.Tone);
        Assert.Equal(written.Spread.Tone, read.Spread.Tone);
        Assert.Equal(written.Unit, read.Unit);
        Assert.Equal(written.ThirdOctaves, read.ThirdOctaves);
        Assert.Equal(("six pieces", 1.3, 6), (read.About, read.RippleMs, read.Pieces));
        Assert.Equal(written.Score(Pieces(1)[0]), read.Score(Pieces(1)[0]));
    }

    [Fact]
    public void DJ_R3X_scores_nothing_against_his_own_medians()
    {
        LikenessScore score = CharacterProfile.DjRex.Score(CharacterProfile.DjRex.Median);
        Assert.Equal(0, score.Sound);
        Assert.Equal(21, CharacterProfile.DjRex.ThirdOctaves.Count);
    }

    [Fact]
    public void Five_pieces_have_their_own_spreads_and_score_1_in_the_median_against_the_others()
    {
        LikenessFeatures[] pieces = Pieces(5);
        var profile = ProfileStatistics.Of(pieces, 0.78);
        double mean = pieces.Average(piece => piece.Crest);
        Assert.Equal(Math.Sqrt(pieces.Sum(piece => Math.Pow(piece.Crest - mean, 2)) / 4), profile.Spread.Crest, 1e-9);
        double[] left = [.. Enumerable.Range(0, 5).Select(i =>
            (ProfileStatistics.Of([.. pieces.Where((_, k) => k != i)], 0.78).Deviations(pieces[i]).Crest))];
        Assert.All(left, z => Assert.InRange(z, -4, 4));
        Assert.All(pieces, piece => Assert.InRange(profile.Score(piece).Sound, 0, 4));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Few_pieces_are_completed_by_how_DJ_R3X_varies(int count)
    {
        var profile = ProfileStatistics.Of(Pieces(count), 0.78);
        CharacterProfile reference = CharacterProfile.DjRex;
        // Alone, a piece has his spreads; the more there are, the more their own count.
        Assert.InRange(profile.Spread.Ripple, reference.Spread.Ripple * Math.Sqrt((5.0 - count) / 4) * 0.999, 10);
        if (count == 1)
            Assert.Equal(
                reference.Spread.Tone.Select(v => Math.Round(v, 9)), profile.Spread.Tone.Select(v => Math.Round(v, 9)));
        Assert.True(double.IsFinite(profile.Score(Pieces(9)[8]).Sound));
    }

    [Fact]
    public void Copies_of_one_piece_and_figures_that_none_has_leave_every_score_finite()
    {
        LikenessFeatures piece = Pieces(1)[0] with { Hum = double.NaN, Decay = double.NaN };
        var profile = ProfileStatistics.Of([.. Enumerable.Repeat(piece, 6)], 0.78);
        LikenessScore other = Again(profile).Score(Pieces(3)[2]);
        Assert.All(
            new[] { other.Sound, other.Tone, other.Metal, other.Texture, other.Voice }, v => Assert.InRange(v, 0, 100));
    }

    [Theory]
    [InlineData("", "no profile")]
    [InlineData("[]", "\"unit\" is missing")]
    [InlineData("{}", "\"unit\" is missing")]
    [InlineData("{\"unit\": {\"tone\": 0}, \"ripple_ms\": 1}", "missing")]
    [InlineData("{\"unit\": 3}", "missing")]
    [InlineData("{\"ripple_ms\": -1, \"unit\": {}}", "above 0")]
    public void A_file_that_is_no_profile_is_refused_with_what_is_missing(string json, string said)
    {
        var e = Assert.Throws<InvalidDataException>(
            () => CharacterProfile.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json))));
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.Contains("r3x profile", e.Message, StringComparison.Ordinal);
    }

    private static CharacterProfile Again(CharacterProfile profile)
    {
        var file = new MemoryStream();
        profile.Write(file);
        file.Position = 0;
        return CharacterProfile.Read(file);
    }

    private static LikenessFeatures[] Pieces(int count)
    {
        var random = new Random(11);
        double Near(double median, double spread) => median + (spread * ((2 * random.NextDouble()) - 1));
        CharacterProfile about = CharacterProfile.DjRex;
        return [.. Enumerable.Range(0, count).Select(_ => new LikenessFeatures
        {
            Tone = [.. about.Median.Tone.Select((level, band) => Near(level, about.Spread.Tone[band]))],
            Ripple = Near(3, 1),
            Crest = Near(12, 1),
            LevelSpread = Near(8, 2),
            Hum = Near(3, 1),
            Decay = Near(0.1, 0.02),
            Pitch = Near(12, 2),
            Melody = Near(3, 1),
        })];
    }
}
