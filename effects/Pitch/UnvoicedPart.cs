using System;

namespace R3X.FxHost.Effects;

/// <summary>
/// Sounds without a pitch. They are let through as they are, or, where the throat changes its size, read faster or slower in
/// pieces of fixed length that fade into each other with constant power.
/// </summary>
internal sealed class UnvoicedPart
{
    private const double PieceMilliseconds = 8;

    private readonly int _piece;

    /// <param name="sampleRate">In Hz.</param>
    public UnvoicedPart(int sampleRate) => _piece = (int)(PieceMilliseconds * sampleRate / 1000);

    /// <summary>One sample of a channel with another throat.</summary>
    /// <param name="input">The channel.</param>
    /// <param name="place">The sample's place; not before the line's first.</param>
    /// <param name="throat">Factor of the formants, 1/2 to 2.</param>
    public float Read(History input, long place, double throat)
    {
        long piece = place - (place % _piece);
        double angle = Math.PI / 2 * (place - piece) / _piece;
        return (float)((Math.Cos(angle) * ReadAround(input, piece, place, throat)) + (Math.Sin(angle) * ReadAround(input, piece + _piece, place, throat)));
    }

    private static float ReadAround(History input, long middle, long place, double throat)
    {
        double source = middle + ((place - middle) * throat);
        double whole = Math.Floor(source);
        return SincTable.Read(
            input.Span((long)whole - (SincTable.Taps / 2) + 1, SincTable.Taps),
            SincTable.SetFor(throat),
            source - whole);
    }
}
