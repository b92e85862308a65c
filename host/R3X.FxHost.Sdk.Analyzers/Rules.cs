using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace R3X.FxHost.Sdk.Analyzers;

/// <summary>What is warned of: {0} is the code, {1} the calls that lead to it.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor Allocation = Rule(
        "R3X101",
        "Memory is allocated on the audio thread",
        "{0} allocates memory on the audio thread ({1}): the collection that follows is heard as a gap. "
        + "Make it in Prepare, or in Allocate of a SegmentedEffect, and keep it in a field.");

    public static readonly DiagnosticDescriptor Wait = Rule(
        "R3X102",
        "Something is waited for on the audio thread",
        "{0} may wait on the audio thread ({1}): whoever holds it holds up the sound. An effect's calls never overlap, "
        + "so leave it out; what a thread of your own makes is handed over with Volatile or Interlocked.");

    public static readonly DiagnosticDescriptor InputOutput = Rule(
        "R3X103",
        "Input or output on the audio thread",
        "{0} is input or output on the audio thread ({1}), which may take any time. "
        + "Read in Prepare, or in Allocate of a SegmentedEffect; tell the listener with EffectSetup.Note there.");

    public static readonly DiagnosticDescriptor Async = Rule(
        "R3X104",
        "Async code, a task or a thread on the audio thread",
        "{0} leaves the audio thread ({1}): the block is gone before it comes back. "
        + "Do all of a block's work at once; what takes longer is prepared in Prepare.");

    public static readonly DiagnosticDescriptor Linq = Rule(
        "R3X105",
        "LINQ on the audio thread",
        "{0} is LINQ on the audio thread ({1}): it allocates enumerators and delegates. "
        + "Write a for loop over a span.");

    public static readonly DiagnosticDescriptor Boxing = Rule(
        "R3X106",
        "A value is boxed on the audio thread",
        "{0} is boxed, which allocates on the audio thread ({1}). "
        + "Keep its own type: a generic parameter with a constraint in place of object or an interface.");

    public static readonly DiagnosticDescriptor Throw = Rule(
        "R3X107",
        "An exception is thrown on the audio thread",
        "{0} throws on the audio thread ({1}): the host then bypasses the effect. "
        + "Check in the constructor or in Prepare; here, leave the sound as it is.");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
        [Allocation, Wait, InputOutput, Async, Linq, Boxing, Throw];

    private static DiagnosticDescriptor Rule(string id, string title, string message) => new(
        id,
        title,
        message,
        "AudioThread",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        customTags: WellKnownDiagnosticTags.CompilationEnd);
}
