using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Plugins;

/// <summary>Assemblies compiled from a test's own source.</summary>
internal static class CompiledPlugin
{
    private static readonly MetadataReference[] Platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Append(typeof(IEffect).Assembly.Location).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Compiles a library.</summary>
    /// <param name="file">Where to; its name is the assembly's.</param>
    /// <param name="source">Its code.</param>
    /// <param name="references">Files it is built on, beside the platform and the Sdk.</param>
    public static string Compile(string file, string source, params string[] references)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(file),
            [CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)],
            [.. Platform, .. references.Select(path => MetadataReference.CreateFromFile(path))],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true));
        var result = compilation.Emit(file, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join("\n", (IEnumerable<Diagnostic>)result.Diagnostics));
        return file;
    }

    /// <summary>Compiles an effect that lets every sound through and does something more.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="id">The effect's id.</param>
    /// <param name="process">Statements at the start of Process; the block is <c>block</c>.</param>
    /// <param name="members">Further members.</param>
    /// <param name="references">Files it is built on.</param>
    public static string CompileEffect(
        string file, string id, string process, string members = "", params string[] references) => Compile(
        file,
        $$"""
        using System;
        using System.Threading;
        using System.Collections.Generic;
        using R3X.FxHost.Sdk;
        [assembly: Effect("{{id}}", "Compiled", EffectRole.Tone)]
        public sealed class Compiled : IEffect
        {
            public IReadOnlyList<Parameter> Parameters => [];
            public EffectTiming Prepare(EffectSetup setup) => EffectTiming.Immediate;
            public void SetParameter(Parameter parameter, double value) { }
            public void Reset() { }
            public void Process(AudioBlock block)
            {
                {{process}}
            }
            {{members}}
        }
        """,
        references);
}
