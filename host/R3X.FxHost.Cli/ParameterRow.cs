using R3X.FxHost.Chains;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Cli;

/// <summary>A setting as tables of settings have it.</summary>
/// <param name="From">Its smallest value; the lowest point of a curve.</param>
/// <param name="To">Its largest value.</param>
/// <param name="Default">Its value when nothing is said.</param>
/// <param name="Help">What it does.</param>
internal readonly record struct ParameterRow(string From, string To, string Default, string Help)
{
    public static ParameterRow Of(Parameter p)
    {
        string from = ValueText.Format(p, p.Minimum), to = ValueText.Format(p, p.Maximum);
        return p.Points is not { } points
            ? new ParameterRow(from, to, ValueText.Format(p, p.Default), p.Help)
            : new ParameterRow(
                $"{ValueText.FormatPlace(p, points.Lowest)}: {from}",
                $"{ValueText.FormatPlace(p, points.Highest)}: {to}",
                ValueText.Format(p, SettingValue.Of(FrequencyCurve.Flat)),
                $"{p.Help} Up to {points.Most} of them stand in the step, each under its frequency.");
    }
}
