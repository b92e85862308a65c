using System;
using System.Linq;

namespace R3X.FxHost.Matching;

/// <summary>
/// The axes of a symmetric matrix, and how long they are (Jacobi's rotations; good for a few dozen rows).
/// </summary>
internal sealed class SymmetricEigen
{
    private const int MostSweeps = 30;

    private readonly double[][] _axes;
    private readonly double[] _lengths;

    private SymmetricEigen(double[][] axes, double[] lengths)
    {
        _axes = axes;
        _lengths = lengths;
    }

    public static double[][] Identity(int size)
    {
        double[][] identity = [.. Enumerable.Range(0, size).Select(_ => new double[size])];
        for (int i = 0; i < size; i++)
            identity[i][i] = 1;
        return identity;
    }

    public static SymmetricEigen Of(double[][] matrix)
    {
        int size = matrix.Length;
        double[][] a = [.. matrix.Select(row => (double[])row.Clone())];
        double[][] axes = Identity(size);
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double off = 0;
            for (int p = 0; p < size - 1; p++)
            {
                for (int q = p + 1; q < size; q++)
                {
                    off += a[p][q] * a[p][q];
                    Rotate(a, axes, p, q);
                }
            }

            if (off < 1e-24)
                break;
        }

        var lengths = new double[size];
        for (int i = 0; i < size; i++)
            lengths[i] = Math.Sqrt(Math.Max(a[i][i], 1e-20));
        return new SymmetricEigen(axes, lengths);
    }

    /// <summary>
    /// The square root of the matrix, as axes and lengths, times a vector: turns white noise into noise of this shape.
    /// </summary>
    public double[] Stretch(double[] white)
    {
        var result = new double[white.Length];
        for (int row = 0; row < result.Length; row++)
        {
            for (int axis = 0; axis < white.Length; axis++)
                result[row] += _axes[row][axis] * _lengths[axis] * white[axis];
        }

        return result;
    }

    /// <summary>The inverse of the matrix's symmetric square root times a vector.</summary>
    public double[] Whiten(double[] vector)
    {
        var result = new double[vector.Length];
        for (int axis = 0; axis < vector.Length; axis++)
        {
            double along = 0;
            for (int row = 0; row < vector.Length; row++)
                along += _axes[row][axis] * vector[row];
            for (int row = 0; row < result.Length; row++)
                result[row] += _axes[row][axis] * along / _lengths[axis];
        }

        return result;
    }

    private static void Rotate(double[][] a, double[][] axes, int p, int q)
    {
        if (Math.Abs(a[p][q]) < 1e-300)
            return;
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1);
        double s = t * c;
        for (int k = 0; k < a.Length; k++)
            (a[k][p], a[k][q]) = ((c * a[k][p]) - (s * a[k][q]), (s * a[k][p]) + (c * a[k][q]));
        for (int k = 0; k < a.Length; k++)
            (a[p][k], a[q][k]) = ((c * a[p][k]) - (s * a[q][k]), (s * a[p][k]) + (c * a[q][k]));
        for (int k = 0; k < a.Length; k++)
            (axes[k][p], axes[k][q]) = ((c * axes[k][p]) - (s * axes[k][q]), (s * axes[k][p]) + (c * axes[k][q]));
    }
}
