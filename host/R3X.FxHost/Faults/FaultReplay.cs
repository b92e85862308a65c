using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using R3X.FxHost.Chains;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Faults;

/// <summary>
/// Brings a fault about again: the effect from its assembly, prepared as it was, hears silence up to the block, then
/// the block. An effect that takes its process along takes this one.
/// </summary>
public sealed class FaultReplay
{
    // What came before was other sound anyway; and blocks before that only cost time.
    private const double MostSecondsBefore = 300;

    private FaultReplay(bool isSame, string words)
    {
        IsSame = isSame;
        Words = words;
    }

    /// <summary>Whether the fault came again.</summary>
    public bool IsSame { get; }

    /// <summary>What happened, a sentence.</summary>
    public string Words { get; }

    /// <summary>What the effect was given, one array a channel; the block alone.</summary>
    public IReadOnlyList<float[]> Input { get; private init; } = [];

    /// <summary>What was heard of it, behind its guard.</summary>
    public IReadOnlyList<float[]> Output { get; private init; } = [];

    /// <summary>What is otherwise than it was: the files have changed or the like; null when nothing is.</summary>
    public string? Warning { get; private init; }

    /// <summary>Whether a guard sees such a fault in its own process; what it does not see takes the process
    /// along.</summary>
    /// <param name="cause">The cause, as in <see cref="FaultRecord.Cause"/>.</param>
    public static bool IsSeenInProcess(string cause) => cause is "could-not-prepare" or "threw" or "not-finite"
        or "runaway" or "too-slow" or "did-not-return" or "wrote-outside" or "offset" or "own-thread";

    /// <summary>Replays a fault, in this process.</summary>
    /// <param name="fault">The fault.</param>
    /// <exception cref="FileNotFoundException">The effect's assembly is not there any more.</exception>
    /// <exception cref="NotSupportedException">It happened outside a line, or the program was trimmed.</exception>
    [RequiresUnreferencedCode(LoadedEffects), RequiresDynamicCode(LoadedEffects)]
    public static FaultReplay Run(FaultRecord fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.SampleRate == 0)
        {
            throw new NotSupportedException(
                $"The fault {fault.Id} did not happen in a line, so there is no block to give to the effect again.");
        }

        if (fault.File is not { } file || !File.Exists(file))
        {
            throw new FileNotFoundException(
                $"{fault.File ?? "The effect's assembly"} is not there any more. Put {fault.Effect} {fault.Version} "
                + "back to replay its fault.");
        }

        string? warning = Changed(fault, file);
        var code = new PluginContext(fault.Effect, file, isUnloadable: false);
        Parameter[] parameters;
        try
        {
            parameters = code.Load();
        }
        catch (PluginRefusedException e)
        {
            return new FaultReplay(e.IsFault && fault.Block < 0, e.Message) { Warning = warning };
        }

        return Run(fault, parameters, code.Create, warning);
    }

    private const string LoadedEffects = "Effects are loaded at run time.";

    private static FaultReplay Run(FaultRecord fault, Parameter[] parameters, Func<IEffect> create, string? warning)
    {
        SlotFault? met = null;
        var plan = new SlotPlan(
            fault.Step, fault.Effect, fault.Version, RoleOf(fault.File!), parameters,
            [.. parameters.Select(parameter => ValueOf(fault, parameter))], create);
        var chain = Chain.Prepare(
            new ChainPlan(fault.Preset, [plan], fault.Quality),
            new ChainSetup(new AudioFormat(fault.SampleRate, fault.Channels))
            {
                MaxFrames = fault.MaxFrames,
                Seed = fault.Seed,
                IsWatched = true,
                OnFault = other => met ??= other,
            });
        chain.WarmUp();
        float[][] input = [.. fault.Input.Select(
            static text => MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(text)).ToArray())];
        float[][] output = [];
        if (input.Length > 0 && met is null)
        {
            HearSilence(chain, fault);
            output = HearBlock(chain, input);
        }

        chain.Close();
        bool isSame = met?.Word is { } cause && (cause == fault.Cause || (IsOfTime(cause) && IsOfTime(fault.Cause)));
        string words = met is null
            ? $"{fault.Effect} {fault.Version} did nothing wrong this time."
            : $"{fault.Effect} {fault.Version} {met.What}.";
        return new FaultReplay(isSame, words) { Input = input, Output = output, Warning = warning };
    }

    // As many blocks as there were, as long as they were on average.
    private static void HearSilence(Chain chain, FaultRecord fault)
    {
        long blocks = Math.Max(0, fault.Block);
        long most = (long)(MostSecondsBefore * fault.SampleRate / fault.MaxFrames);
        var buffer = new AudioBuffer(fault.Channels, fault.MaxFrames);
        for (long i = Math.Max(0, blocks - most); i < blocks; i++)
        {
            int frames = (int)Math.Clamp(
                (fault.Frame * (i + 1) / blocks) - (fault.Frame * i / blocks), 1, fault.MaxFrames);
            buffer.Clear();
            chain.Process(buffer.Block(frames));
        }
    }

    private static float[][] HearBlock(Chain chain, float[][] input)
    {
        var block = new AudioBuffer(input.Length, input[0].Length);
        for (int channel = 0; channel < input.Length; channel++)
            input[channel].CopyTo(block[channel]);
        chain.Process(block.Block(block.Frames));
        return [.. Enumerable.Range(0, input.Length).Select(channel => block[channel].ToArray())];
    }

    private static string? Changed(FaultRecord fault, string file)
    {
        bool IsSame(bool ownsFolder) => PluginHash.Of(file, ownsFolder) == fault.Hash;
        try
        {
            return fault.Hash is null || IsSame(true) || IsSame(false) ? null
                : $"{file} is not what it was when the fault happened: it may have been mended, or broken, since.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{file} cannot be compared with what it was: {e.Message}";
        }
    }

    private static SettingValue ValueOf(FaultRecord fault, Parameter parameter)
    {
        if (parameter.Points is not null)
            return SettingValue.Of(new FrequencyCurve(fault.Curve.Select(static p => new CurvePoint(p[0], p[1]))));
        return fault.Values.TryGetValue(parameter.Id, out double value) ? value : parameter.Default;
    }

    private static EffectRole RoleOf(string file) =>
        DllFile.Read(file).Mark is { } mark ? (EffectRole)mark.Role : EffectRole.Tone;

    // Whether one that is too slow comes back in time to say so is up to the machine.
    private static bool IsOfTime(string cause) => cause is "too-slow" or "did-not-return";
}
