using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace R3X.FxHost.Sdk.Analyzers;

/// <summary>Which members of an effect are called on the audio thread.</summary>
internal sealed class AudioThread
{
    private static readonly string[] OfEffect = ["Process", "SetParameter", "Reset"];
    private static readonly string[] OfSegmented =
        ["ApplySettings", "BeginBlock", "Clear", "Flush", "ProcessSegment"];

    private readonly INamedTypeSymbol _effect;
    private readonly INamedTypeSymbol? _segmented;
    private readonly INamedTypeSymbol? _reducer;

    private AudioThread(Compilation compilation, INamedTypeSymbol effect)
    {
        _effect = effect;
        _segmented = compilation.GetTypeByMetadataName("R3X.FxHost.Sdk.SegmentedEffect");
        _reducer = compilation.GetTypeByMetadataName("R3X.FxHost.Sdk.IGainReducer");
    }

    /// <summary>Null for a compilation without the Sdk.</summary>
    public static AudioThread? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("R3X.FxHost.Sdk.IEffect") is { } effect
            ? new AudioThread(compilation, effect)
            : null;

    /// <summary>The members of a type that are called there, and whose code is compiled here.</summary>
    public IEnumerable<IMethodSymbol> MembersOf(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface
            || !type.AllInterfaces.Contains(_effect, SymbolEqualityComparer.Default))
            return [];
        IEnumerable<ISymbol> declared = _effect.GetMembers().Where(member => OfEffect.Contains(member.Name));
        if (_reducer is not null && type.AllInterfaces.Contains(_reducer, SymbolEqualityComparer.Default))
            declared = declared.Concat(_reducer.GetMembers().OfType<IMethodSymbol>());
        return declared.Select(type.FindImplementationForInterfaceMember)
            .Concat(type.GetMembers().Where(IsOfSegmented))
            .OfType<IMethodSymbol>()
            .Where(member => !member.DeclaringSyntaxReferences.IsEmpty);
    }

    private bool IsOfSegmented(ISymbol member)
    {
        if (member is not IMethodSymbol { OverriddenMethod: not null } method || !OfSegmented.Contains(method.Name))
            return false;
        while (method.OverriddenMethod is { } overridden)
            method = overridden;
        return SymbolEqualityComparer.Default.Equals(method.ContainingType, _segmented);
    }
}
