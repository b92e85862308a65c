using System;

namespace R3X.FxHost.Effects;

/// <summary>Finds the gains of peaks that overlap, so that their sum in decibels is what is asked for.</summary>
internal static class CurveSolver
{
    private const int MostRounds = 12;
    private const double Goal = 0.01;
    private const double LongestStep = 12;
    private const double MostDecibels = 40;
    private const double DecibelsOfE = 4.3429448190325182;

    /// <summary>Newton's method.</summary>
    /// <param name="weights">w of each peak (column) at each point (row): its power there is 1 + w (G^2 - 1).</param>
    /// <param name="targets">The sum at each point, in dB.</param>
    /// <param name="gains">In: a guess. Out: the peaks' gains, in dB.</param>
    /// <returns>The largest error that is left, in dB.</returns>
    public static double Solve(double[][] weights, double[] targets, double[] gains)
    {
        int count = gains.Length;
        double[][] slopes = Array.ConvertAll(weights, row => new double[row.Length]);
        var step = new double[count];
        for (int round = 0; ; round++)
        {
            double worst = 0;
            for (int point = 0; point < count; point++)
            {
                double product = 1;
                double sum = 0;
                for (int peak = 0; peak < count; peak++)
                {
                    double power = Math.Exp(gains[peak] / DecibelsOfE);
                    double here = 1 + (weights[point][peak] * (power - 1));
                    slopes[point][peak] = weights[point][peak] * power / here;
                    product *= here;
                    if (product is < 1e-200 or > 1e200)
                    {
                        sum += DecibelsOfE * Math.Log(product);
                        product = 1;
                    }
                }

                step[point] = targets[point] - sum - (DecibelsOfE * Math.Log(product));
                worst = Math.Max(worst, Math.Abs(step[point]));
            }

            if (worst < Goal || round == MostRounds)
                return worst;
            Eliminate(slopes, step);
            double longest = 0;
            foreach (double part in step)
                longest = Math.Max(longest, Math.Abs(part));
            if (!double.IsFinite(longest))
                return worst;
            for (int i = 0; i < count; i++)
            {
                double next = gains[i] + (step[i] * Math.Min(1, LongestStep / longest));
                gains[i] = Math.Clamp(next, -MostDecibels, MostDecibels);
            }
        }
    }

    // Gauss, with the largest number of a column as pivot.
    private static void Eliminate(double[][] matrix, double[] right)
    {
        int count = right.Length;
        for (int column = 0; column < count; column++)
        {
            int pivot = column;
            for (int row = column + 1; row < count; row++)
                pivot = Math.Abs(matrix[row][column]) > Math.Abs(matrix[pivot][column]) ? row : pivot;
            for (int k = column; k < count && pivot != column; k++)
                (matrix[column][k], matrix[pivot][k]) = (matrix[pivot][k], matrix[column][k]);
            (right[column], right[pivot]) = (right[pivot], right[column]);
            for (int row = column + 1; row < count; row++)
            {
                double factor = matrix[row][column] / matrix[column][column];
                for (int k = column; k < count; k++)
                    matrix[row][k] -= factor * matrix[column][k];
                right[row] -= factor * right[column];
            }
        }

        for (int row = count - 1; row >= 0; row--)
        {
            for (int k = row + 1; k < count; k++)
                right[row] -= matrix[row][k] * right[k];
            right[row] /= matrix[row][row];
        }
    }
}
