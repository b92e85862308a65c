using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Isolation;

/// <summary>
/// What messages carry, written and read. What a worker says is believed as little as its plugin: readers throw on
/// anything that cannot be.
/// </summary>
internal static class WorkerWords
{
    private const int MostNotes = 64;
    private const int MostPoints = 1_000;

    /// <summary>A plugin's settings.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="parameters">The settings.</param>
    /// <param name="reduces">Whether the effect says by how much it turns the sound down.</param>
    public static void Write(BinaryWriter writer, Parameter[] parameters, bool reduces)
    {
        writer.Write(reduces);
        writer.Write(parameters.Length);
        foreach (Parameter parameter in parameters)
        {
            writer.Write(parameter.Id);
            writer.Write((int)parameter.Unit);
            writer.Write(parameter.Minimum);
            writer.Write(parameter.Maximum);
            writer.Write(parameter.Default);
            writer.Write(parameter.Help);
            writer.Write(parameter.IsStructural);
            writer.Write(parameter.Neutral ?? double.NaN);
            writer.Write(parameter.Points is not null);
            if (parameter.Points is not { } points)
                continue;
            writer.Write(points.Lowest);
            writer.Write(points.Highest);
            writer.Write(points.Most);
        }
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="IOException">They cannot be.</exception>
    /// <exception cref="ArgumentException">The same.</exception>
    public static Parameter[] ReadParameters(BinaryReader reader, out bool reduces)
    {
        reduces = reader.ReadBoolean();
        var parameters = new Parameter[Count(reader, SmokeTest.MaximumParameters)];
        for (int i = 0; i < parameters.Length; i++)
        {
            string id = reader.ReadString();
            var unit = (ParameterUnit)reader.ReadInt32();
            (double minimum, double maximum) = (reader.ReadDouble(), reader.ReadDouble());
            double standard = reader.ReadDouble();
            string help = reader.ReadString();
            bool structural = reader.ReadBoolean();
            double neutral = reader.ReadDouble();
            parameters[i] = reader.ReadBoolean()
                ? Parameter.OfCurve(id, unit, minimum, maximum,
                    new CurvePoints(reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32()), help)
                : new Parameter(id, unit, minimum, maximum, standard, help, structural)
                {
                    Neutral = double.IsNaN(neutral) ? null : neutral,
                };
        }

        return parameters;
    }

    /// <summary>Why a plugin cannot be used.</summary>
    public static void Write(BinaryWriter writer, PluginRefusedException refused)
    {
        writer.Write(refused.Message);
        writer.Write(refused.Fix);
        writer.Write(refused.IsFault);
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="IOException">It cannot be.</exception>
    public static PluginRefusedException ReadRefused(BinaryReader reader)
    {
        string reason = reader.ReadString();
        return new PluginRefusedException(reason, reader.ReadString()) { IsFault = reader.ReadBoolean() };
    }

    /// <summary>What an effect is told before it sounds.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="setup">The setup.</param>
    /// <param name="parameters">The settings it has values for.</param>
    /// <param name="path">Where the shared memory is.</param>
    public static void Write(
        BinaryWriter writer, EffectSetup setup, IReadOnlyList<Parameter> parameters, string path)
    {
        writer.Write(path);
        writer.Write(setup.Format.SampleRate);
        writer.Write(setup.Format.Channels);
        writer.Write(setup.MaxFrames);
        writer.Write((int)setup.Quality);
        writer.Write(setup.Seed);
        foreach (Parameter parameter in parameters)
            writer.Write(setup[parameter]);
        writer.Write(setup.Curve.Points.Count);
        foreach (CurvePoint point in setup.Curve.Points)
        {
            writer.Write(point.Frequency);
            writer.Write(point.Value);
        }
    }

    /// <summary>Reads it.</summary>
    public static EffectSetup ReadSetup(BinaryReader reader, Parameter[] parameters, out string path)
    {
        path = reader.ReadString();
        var format = new AudioFormat(reader.ReadInt32(), reader.ReadInt32());
        int maxFrames = reader.ReadInt32();
        var quality = (RenderQuality)reader.ReadInt32();
        ulong seed = reader.ReadUInt64();
        double[] values = [.. parameters.Select(_ => reader.ReadDouble())];
        var points = new CurvePoint[Count(reader, MostPoints)];
        for (int i = 0; i < points.Length; i++)
            points[i] = new CurvePoint(reader.ReadDouble(), reader.ReadDouble());
        return new EffectSetup(format, maxFrames, quality, seed, parameters, values)
        {
            Curve = points.Length == 0 ? FrequencyCurve.Flat : new FrequencyCurve(points),
        };
    }

    /// <summary>What came of preparing it.</summary>
    public static void Write(BinaryWriter writer, EffectTiming timing, IReadOnlyList<string> notes)
    {
        writer.Write(timing.LatencyFrames);
        writer.Write(timing.TailFrames);
        writer.Write(Math.Min(notes.Count, MostNotes));
        for (int i = 0; i < Math.Min(notes.Count, MostNotes); i++)
            writer.Write(notes[i]);
    }

    /// <summary>Reads it; its notes go into the host's setup.</summary>
    /// <exception cref="IOException">It cannot be.</exception>
    public static EffectTiming ReadPrepared(BinaryReader reader, EffectSetup setup)
    {
        var timing = new EffectTiming(reader.ReadInt32(), reader.ReadInt32());
        int notes = Count(reader, MostNotes);
        for (int i = 0; i < notes; i++)
            setup.Note(reader.ReadString());
        return timing;
    }

    private static int Count(BinaryReader reader, int most) => reader.ReadInt32() is var count
        && count >= 0 && count <= most ? count : throw new IOException($"A message tells of {count} things.");
}
