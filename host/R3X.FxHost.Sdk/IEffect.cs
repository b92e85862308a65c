using System.Collections.Generic;

namespace R3X.FxHost.Sdk;

/// <summary>
/// An effect: one sound, made in place. A plugin has one public class that implements this, with a constructor
/// without parameters. One instance serves one line at a time; instances share nothing.
/// </summary>
/// <remarks>
/// Its life: constructor, <see cref="Parameters"/>, then <see cref="Prepare"/> once or more often, each followed by any
/// number of <see cref="SetParameter"/>, <see cref="Process"/> and <see cref="Reset"/>. Calls never overlap. One that
/// is <see cref="System.IDisposable"/> is disposed of once its line is over, off the audio thread, and has as long for
/// it as for a block; one whose line was dropped is left to the garbage collection. At its neutral setting (see
/// <see cref="Parameter.Neutral"/>) an effect returns its input bit for bit, delayed by its latency.
/// </remarks>
public interface IEffect
{
    /// <summary>The settings, always the same objects in the same order. Any thread.</summary>
    IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>
    /// Readies the effect for a line as if it were new. Called off the audio thread; the one place that may allocate.
    /// </summary>
    /// <param name="setup">The line's format, the starting values, the seed.</param>
    /// <returns>Latency and tail with these values; both hold until the next call of this.</returns>
    EffectTiming Prepare(EffectSetup setup);

    /// <summary>
    /// Gives a parameter a new value to ramp to, linearly, over the next <see cref="ParameterGrid.Frames"/> frames.
    /// Called on the audio thread, before the frame it counts from, and only when the frames processed since the start
    /// are a multiple of <see cref="ParameterGrid.Frames"/>. Never called for a structural parameter. No allocation,
    /// lock, I/O or exception.
    /// </summary>
    /// <param name="parameter">One of <see cref="Parameters"/>.</param>
    /// <param name="value">The new value in the parameter's unit, inside its range.</param>
    void SetParameter(Parameter parameter, double value);

    /// <summary>
    /// Turns a block of input into output, in place. Audio thread: no allocation, lock, I/O or exception. The output
    /// is the same bit for bit however a line is cut into blocks.
    /// </summary>
    /// <param name="block">1 to <see cref="EffectSetup.MaxFrames"/> frames in the prepared format.</param>
    void Process(AudioBlock block);

    /// <summary>
    /// Forgets everything heard: what follows sounds as after <see cref="Prepare"/>, starting values included. Audio
    /// thread; no allocation.
    /// </summary>
    void Reset();
}
