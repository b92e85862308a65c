using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace R3X.FxHost.Sdk.Analyzers;

/// <summary>
/// Warns of what an effect must not do on the audio thread: in the members that the host calls there, and in all they
/// call that is compiled with them.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AudioThreadAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Rules.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(
            GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(static start =>
        {
            if (AudioThread.Of(start.Compilation) is not { } thread)
                return;
            var graph = new CallGraph();
            start.RegisterSymbolAction(
                symbol =>
                {
                    var type = (INamedTypeSymbol)symbol.Symbol;
                    graph.AddOverrides(type);
                    foreach (IMethodSymbol member in thread.MembersOf(type))
                        graph.AddRoot(member);
                },
                SymbolKind.NamedType);
            start.RegisterOperationBlockAction(block =>
            {
                // What a type makes once, before it is used.
                if (block.OwningSymbol is not IMethodSymbol && block.OwningSymbol.IsStatic)
                    return;
                var body = new Body(graph, CallGraph.KeyOf(block.OwningSymbol));
                body.Scan(block.OperationBlocks);
            });
            start.RegisterCompilationEndAction(end => graph.Report(end.ReportDiagnostic));
        });
    }
}
