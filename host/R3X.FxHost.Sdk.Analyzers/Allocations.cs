using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace R3X.FxHost.Sdk.Analyzers;

/// <summary>What looks like an allocation and is none, and the other way about.</summary>
internal static class Allocations
{
    private const int LongestCode = 48;

    public static bool IsText(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_String;

    /// <summary>Whether the compiler makes no array of it: none for no arguments, the program's own data for a span.
    /// </summary>
    public static bool IsConstantData(IArrayCreationOperation operation)
    {
        if (operation.IsImplicit && operation.DimensionSizes.All(size => size.ConstantValue is { Value: 0 }))
            return true;
        return operation.Parent is IConversionOperation { Type.Name: "ReadOnlySpan" }
            && operation.Initializer is { } values
            && values.ElementValues.All(value => value.ConstantValue.HasValue);
    }

    /// <summary>Whether a loop is over what is no array and has no enumerator that is a value.</summary>
    public static bool MakesEnumerator(IForEachLoopOperation operation)
    {
        IOperation collection = operation.Collection;
        while (collection is IConversionOperation { IsImplicit: true } conversion)
            collection = conversion.Operand;
        if (collection.Type is IArrayTypeSymbol || IsText(collection.Type)
            || operation.Syntax is not CommonForEachStatementSyntax syntax)
        {
            return false;
        }

        ForEachStatementInfo? info = operation.SemanticModel?.GetForEachStatementInfo(syntax);
        return info?.GetEnumeratorMethod?.ReturnType.IsReferenceType == true;
    }

    /// <summary>Code as it is quoted in a message: one line, not too long.</summary>
    public static string Short(SyntaxNode code)
    {
        string text = string.Join(" ", code.ToString().Split([' ', '\n', '\r', '\t'],
            System.StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= LongestCode ? text : text.Substring(0, LongestCode) + "...";
    }
}
