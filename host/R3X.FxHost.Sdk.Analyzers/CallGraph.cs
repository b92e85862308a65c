using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace R3X.FxHost.Sdk.Analyzers;

/// <summary>What a compilation's methods do and call, and what of it the audio thread reaches.</summary>
internal sealed class CallGraph
{
    private readonly ConcurrentDictionary<ISymbol, ConcurrentBag<Finding>> _findings =
        new(SymbolEqualityComparer.Default);

    private readonly ConcurrentDictionary<ISymbol, ConcurrentBag<ISymbol>> _calls =
        new(SymbolEqualityComparer.Default);

    private readonly ConcurrentBag<IMethodSymbol> _roots = [];

    /// <summary>A method as it is declared; for what initialises fields, their type.</summary>
    public static ISymbol KeyOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { ReducedFrom: { } extension } => KeyOf(extension),
        IMethodSymbol method => method.OriginalDefinition.PartialDefinitionPart ?? method.OriginalDefinition,
        IFieldSymbol or IPropertySymbol => symbol.ContainingType.OriginalDefinition,
        _ => symbol.OriginalDefinition,
    };

    public void AddRoot(IMethodSymbol member) => _roots.Add(member);

    public void AddFinding(ISymbol where, Finding finding) => _findings.GetOrAdd(where, _ => []).Add(finding);

    public void AddCall(ISymbol from, ISymbol to) => _calls.GetOrAdd(from, _ => []).Add(KeyOf(to));

    /// <summary>A call of an interface's or a base type's member may be one of any that stands in for it; of those that
    /// are compiled here.</summary>
    public void AddOverrides(INamedTypeSymbol type)
    {
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (method.OverriddenMethod is { DeclaringSyntaxReferences.IsEmpty: false } overridden)
                AddCall(KeyOf(overridden), method);
        }

        if (type.TypeKind == TypeKind.Interface)
            return;
        foreach (ISymbol member in type.AllInterfaces.SelectMany(every => every.GetMembers()))
        {
            if (member is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false }
                && type.FindImplementationForInterfaceMember(member) is { } standing)
                AddCall(KeyOf(member), standing);
        }
    }

    /// <summary>Tells every finding that is reached once, with the shortest way to it.</summary>
    public void Report(Action<Diagnostic> report)
    {
        var reached = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var waiting = new Queue<(ISymbol Symbol, string Path)>();
        foreach (IMethodSymbol root in _roots.OrderBy(root => root.ToDisplayString(), StringComparer.Ordinal))
            Reach(KeyOf(root), NameOf(root));
        while (waiting.Count > 0)
        {
            (ISymbol symbol, string path) = waiting.Dequeue();
            if (_findings.TryGetValue(symbol, out ConcurrentBag<Finding>? findings))
            {
                foreach (Finding finding in findings)
                    report(Diagnostic.Create(finding.Rule, finding.Location, finding.Code, path));
            }

            if (!_calls.TryGetValue(symbol, out ConcurrentBag<ISymbol>? calls))
                continue;
            foreach (ISymbol call in calls.OrderBy(call => call.ToDisplayString(), StringComparer.Ordinal))
            {
                bool elsewhere = call.ContainingType is { } type
                    && !SymbolEqualityComparer.Default.Equals(type, symbol.ContainingType);
                Reach(call, $"{path} -> {(elsewhere ? call.ContainingType!.Name + "." : "")}{NameOf(call)}");
            }
        }

        void Reach(ISymbol symbol, string path)
        {
            if (reached.Add(symbol))
                waiting.Enqueue((symbol, path));
        }
    }

    private static string NameOf(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { AssociatedSymbol: { } property } => property.Name,
        IMethodSymbol { MethodKind: MethodKind.Constructor } => "new",
        INamedTypeSymbol type => $"fields of {type.Name}",
        _ => symbol.Name,
    };
}
