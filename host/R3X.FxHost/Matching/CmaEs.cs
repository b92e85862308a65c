using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Matching;

/// <summary>
/// Finds the least value of a function of several variables without its derivatives: the covariance matrix adaptation
/// evolution strategy, with the weights and rates of N. Hansen, "The CMA Evolution Strategy: A Tutorial" (2016),
/// table 1. Variables run from 0 to 1; what lies outside is judged at the edge and pays for its distance. The same
/// seed finds the same.
/// </summary>
internal sealed class CmaEs
{
    private readonly int _size;
    private readonly int _population;
    private readonly double[] _weights;
    private readonly double _mass;
    private readonly double _pathRate;
    private readonly double _stepRate;
    private readonly double _stepDamping;
    private readonly double _rankOne;
    private readonly double _rankMany;
    private readonly double _usualLength;
    private readonly Random _chance;

    /// <param name="size">How many variables.</param>
    /// <param name="seed">Everything random follows from it.</param>
    public CmaEs(int size, int seed)
    {
        _size = size;
        _chance = new Random(seed);
        _population = 4 + (int)(3 * Math.Log(size));
        int parents = _population / 2;
        double[] raw = [.. Enumerable.Range(1, parents).Select(i => Math.Log(parents + 0.5) - Math.Log(i))];
        _weights = [.. raw.Select(weight => weight / raw.Sum())];
        _mass = 1 / _weights.Sum(weight => weight * weight);
        _pathRate = (4 + (_mass / size)) / (size + 4 + (2 * _mass / size));
        _stepRate = (_mass + 2) / (size + _mass + 5);
        _stepDamping = 1 + (2 * Math.Max(0, Math.Sqrt((_mass - 1) / (size + 1)) - 1)) + _stepRate;
        _rankOne = 2 / (Math.Pow(size + 1.3, 2) + _mass);
        _rankMany = Math.Min(1 - _rankOne, 2 * (_mass - 2 + (1 / _mass)) / (Math.Pow(size + 2, 2) + _mass));
        _usualLength = Math.Sqrt(size) * (1 - (1.0 / (4 * size)) + (1.0 / (21.0 * size * size)));
    }

    /// <summary>Searches.</summary>
    /// <param name="start">Where to begin, each variable from 0 to 1.</param>
    /// <param name="step">The standard deviation to begin with.</param>
    /// <param name="generations">How long.</param>
    /// <param name="cost">What is to be small; called from several threads.</param>
    /// <param name="cancellation">Gives the search up.</param>
    /// <returns>The best place that was looked at.</returns>
    public double[] Minimise(
        double[] start,
        double step,
        int generations,
        Func<double[], double> cost,
        CancellationToken cancellation)
    {
        double[] mean = [.. start];
        double[] best = [.. start];
        double least = cost(best);
        double[][] covariance = SymmetricEigen.Identity(_size);
        SymmetricEigen axes = SymmetricEigen.Of(covariance);
        double[] path = new double[_size];
        double[] stepPath = new double[_size];
        for (int generation = 1; generation <= generations; generation++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[][] moves = [.. Enumerable.Range(0, _population).Select(_ => axes.Stretch(Normal()))];
            double[][] places = [.. moves.Select(move => Inside(mean, move, step))];
            double[] costs = new double[_population];
            Parallel.For(0, _population, i => costs[i] = cost(places[i]) + Outside(mean, moves[i], step));
            int[] order = [.. Enumerable.Range(0, _population).OrderBy(i => costs[i])];
            if (costs[order[0]] < least)
                (least, best) = (costs[order[0]], places[order[0]]);

            double[] move = new double[_size];
            for (int i = 0; i < _weights.Length; i++)
                Add(move, _weights[i], moves[order[i]]);
            Add(mean, step, move);
            Mix(stepPath, _stepRate, axes.Whiten(move));
            double length = Math.Sqrt(stepPath.Sum(value => value * value));
            double settled = Math.Sqrt(1 - Math.Pow(1 - _stepRate, 2 * generation));
            bool isSteady = length / settled < (1.4 + (2.0 / (_size + 1))) * _usualLength;
            Mix(path, _pathRate, isSteady ? move : new double[_size]);
            double keep = 1 - _rankOne - _rankMany + (isSteady ? 0 : _rankOne * _pathRate * (2 - _pathRate));
            for (int row = 0; row < _size; row++)
            {
                for (int column = 0; column < _size; column++)
                {
                    double many = 0;
                    for (int i = 0; i < _weights.Length; i++)
                        many += _weights[i] * moves[order[i]][row] * moves[order[i]][column];
                    covariance[row][column] =
                        (keep * covariance[row][column]) + (_rankOne * path[row] * path[column]) + (_rankMany * many);
                }
            }

            step = Math.Min(0.5, step * Math.Exp(_stepRate / _stepDamping * ((length / _usualLength) - 1)));
            axes = SymmetricEigen.Of(covariance);
        }

        return best;
    }

    private double[] Normal() => [.. Enumerable.Range(0, _size).Select(_ =>
        Math.Sqrt(-2 * Math.Log(1 - _chance.NextDouble())) * Math.Cos(2 * Math.PI * _chance.NextDouble()))];

    private static double[] Inside(double[] mean, double[] move, double step) =>
        [.. mean.Select((value, i) => Math.Clamp(value + (step * move[i]), 0, 1))];

    private static double Outside(double[] mean, double[] move, double step) => mean.Select((value, i) =>
    {
        double place = value + (step * move[i]);
        return Math.Pow(place - Math.Clamp(place, 0, 1), 2);
    }).Sum();

    private void Mix(double[] path, double rate, double[] move)
    {
        for (int i = 0; i < path.Length; i++)
            path[i] = ((1 - rate) * path[i]) + (Math.Sqrt(rate * (2 - rate) * _mass) * move[i]);
    }

    private static void Add(double[] sum, double factor, double[] move)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] += factor * move[i];
    }
}
