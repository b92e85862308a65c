namespace R3X.FxHost.Sdk.Dsp.Kernels;

/// <summary>
/// Several samples side by side, in as wide a register as the machine has. A kernel written once as a generic method
/// over this is compiled for each width by itself: choose with <c>Vector512.IsHardwareAccelerated</c> between
/// <see cref="Lanes16"/>, <see cref="Lanes8"/> and <see cref="Lanes4"/>. Every lane is computed alone and every
/// operation is exactly rounded, so a result never depends on where in a register its sample lies, nor on how well the
/// code was compiled.
/// </summary>
/// <typeparam name="TSelf">The width.</typeparam>
public interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Number of lanes, a power of two.</summary>
    static abstract int Count { get; }

    /// <summary>The highest lane.</summary>
    float Last { get; }

    /// <summary>The sum, lane by lane.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>The difference, lane by lane.</summary>
    /// <param name="a">From this.</param>
    /// <param name="b">This.</param>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>The product, lane by lane.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>The quotient, lane by lane.</summary>
    /// <param name="a">This.</param>
    /// <param name="b">By this.</param>
    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>One value in all lanes.</summary>
    /// <param name="value">The value.</param>
    static abstract TSelf All(float value);

    /// <summary>Reads as many neighbours as there are lanes.</summary>
    /// <param name="from">Where the memory begins.</param>
    /// <param name="at">Index of the first value.</param>
    static abstract TSelf Load(ref readonly float from, int at);

    /// <summary>a * b + c, rounded once where the machine can (see remarks of <see cref="ILanes{TSelf}"/>).</summary>
    /// <param name="a">Factor.</param>
    /// <param name="b">Factor.</param>
    /// <param name="c">Term.</param>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>The smaller, lane by lane.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>The larger, lane by lane.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The magnitudes.</summary>
    /// <param name="a">Any values.</param>
    static abstract TSelf Abs(TSelf a);

    /// <summary>The values, but 0 where the magnitude is below a floor.</summary>
    /// <param name="a">Any values.</param>
    /// <param name="floor">The floor.</param>
    static abstract TSelf FlushBelow(TSelf a, TSelf floor);

    /// <summary>Every value one lane up; 0 enters.</summary>
    /// <param name="a">Any values.</param>
    static abstract TSelf ShiftUp1(TSelf a);

    /// <summary>Every value two lanes up; 0 enters.</summary>
    /// <param name="a">Any values.</param>
    static abstract TSelf ShiftUp2(TSelf a);

    /// <summary>Every value four lanes up; 0 enters.</summary>
    /// <param name="a">Any values.</param>
    static abstract TSelf ShiftUp4(TSelf a);

    /// <summary>Every value eight lanes up; 0 enters.</summary>
    /// <param name="a">Any values.</param>
    static abstract TSelf ShiftUp8(TSelf a);

    /// <summary>
    /// Takes positive, normal values apart: value = mantissa * 2^power, mantissa between the roots of a half and of
    /// two.
    /// </summary>
    /// <param name="a">Positive, normal values.</param>
    /// <param name="mantissa">Between 0.707 and 1.414.</param>
    /// <returns>Whole powers.</returns>
    static abstract TSelf Power(TSelf a, out TSelf mantissa);

    /// <summary>The nearest whole numbers, halves upwards.</summary>
    /// <param name="a">Any values.</param>
    static abstract TSelf Round(TSelf a);

    /// <summary>2^power for whole powers from -126 to 127.</summary>
    /// <param name="power">Whole numbers.</param>
    static abstract TSelf PowerOfTwo(TSelf power);

    /// <summary>Writes all lanes.</summary>
    /// <param name="to">Where the memory begins.</param>
    /// <param name="at">Index of the first value.</param>
    void Store(ref float to, int at);
}
