using System;

namespace R3X.FxHost.Effects;

/// <summary>
/// Sounds without a pitch. They are let through as they are or, where the formants move, read faster or slower in
/// pieces of fixed length that crossfade with constant power.
/// </summary>
internal sealed class UnvoicedPart
{
    private const double PieceMilliseconds = 8;

    private readonly int _piece;

    /// <param name="sampleRate">In Hz.</param>
    public UnvoicedPart(int sampleRate) => _piece = (int)(PieceMilliseconds * sampleRate / 1000);

    /// <summary>One sample of a channel with other formants.</summary>
    /// <param name="input">The channel.</param>
    /// <param name="place">The sample's place; not before the line's first.</param>
    /// <param name="formants">Factor of the formants, 1/2 to 2.</param>
    public float Read(SampleHistory input, long place, double formants)
    {
        long piece = place - (place % _piece);
        double angle = Math.PI / 2 * (place - piece) / _piece;
        return (float)((Math.Cos(angle) * ReadAround(input, piece, place, formants))
            + (Math.Sin(angle) * ReadAround(input, piece + _piece, place, formants)));
    }

    private static float ReadAround(SampleHistory input, long middle, long place, double formants)
    {
        double source = middle + ((place - middle) * formants);
        double whole = Math.Floor(source);
        return SincTable.Read(
            input.Span((long)whole - (SincTable.Taps / 2) + 1, SincTable.Taps),
            SincTable.SetFor(formants),
            source - whole);
    }
}
