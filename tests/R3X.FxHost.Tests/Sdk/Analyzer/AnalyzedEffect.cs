using System;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using R3X.FxHost.Sdk.Analyzers;
using Xunit;

namespace R3X.FxHost.Tests.Sdk.Analyzer;

/// <summary>An effect's code, compiled in memory, and what the Sdk's analyzer says of it.</summary>
internal static class AnalyzedEffect
{
    private const string Around = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using R3X.FxHost.Sdk;

        """;

    // Every sample is added to it, so that what they all reference is read once.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "sample",
        references: $"{AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")}".Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "R3X.FxHost.Sdk.dll"))
            .Select(file => MetadataReference.CreateFromFile(file)),
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    /// <summary>Whole effect whose segments are made by some statements; it has a few fields for them.</summary>
    /// <param name="statements">What <c>ProcessSegment</c> does with <c>segment</c>.</param>
    /// <param name="members">More members of the effect, and types behind it.</param>
    public static string Of(string statements, string members = "") => $$"""
        public sealed class Sample() : SegmentedEffect
        {
            private readonly float[] _memory = new float[64];
            private readonly List<float> _list = new();
            private readonly object _gate = new();
            private int _count;

            protected override void ApplySettings(bool atOnce) => _count = _memory.Length + _list.Count;

            protected override void ProcessSegment(AudioBlock segment)
            {
                {{statements}}
            }

            {{members}}
        }
        """;

    /// <summary>What the analyzer says, each as "R3X101: message", by place.</summary>
    public static async Task<string[]> WarningsAsync(string code)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(
            Around + code, cancellationToken: TestContext.Current.CancellationToken);
        CSharpCompilation compilation = Empty.AddSyntaxTrees(tree);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        ImmutableArray<Diagnostic> said = await compilation.WithAnalyzers([new AudioThreadAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. said.OrderBy(each => each.Location.SourceSpan.Start)
            .Select(each => $"{each.Id}: {each.GetMessage(CultureInfo.InvariantCulture)}")];
    }
}
