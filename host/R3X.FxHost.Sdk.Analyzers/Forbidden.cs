using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace R3X.FxHost.Sdk.Analyzers;

/// <summary>What of the libraries that an effect is compiled against must not be called on the audio thread.</summary>
internal static class Forbidden
{
    // What hands values over without waiting.
    private static readonly string[] Lockless = ["Interlocked", "Volatile", "CancellationToken"];
    private static readonly string[] Threads =
        ["Thread", "ThreadPool", "Timer", "PeriodicTimer", "CancellationTokenSource"];

    private static readonly string[] OfEnvironment =
        ["get_CurrentManagedThreadId", "get_NewLine", "get_ProcessorCount", "get_TickCount", "get_TickCount64"];

    private static readonly string[] Growing =
        ["Add", "AddFirst", "AddLast", "AddRange", "Append", "AppendLine", "Enqueue", "Insert", "Push", "TryAdd"];

    /// <summary>Whether an object stands for work elsewhere.</summary>
    public static bool IsThread(ITypeSymbol type) => type.ContainingNamespace.ToDisplayString() switch
    {
        "System.Threading.Tasks" => true,
        "System.Threading" => Threads.Contains(type.Name),
        _ => false,
    };

    /// <summary>Whether calls are compiled in a debugging build alone, such as <c>Debug.Assert</c>'s.</summary>
    public static bool IsForDebugging(IMethodSymbol method) => method.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name == "ConditionalAttribute"
        && attribute.ConstructorArguments.All(symbol => symbol.Value is "DEBUG"));

    /// <summary>The rule that a call breaks; null where it breaks none, or its code is read itself.</summary>
    public static DiagnosticDescriptor? Rule(IMethodSymbol method)
    {
        if (!method.DeclaringSyntaxReferences.IsEmpty || method.ContainingType is not { } type)
            return null;
        if (method.IsStatic && method.Name.StartsWith("ThrowIf", StringComparison.Ordinal))
            return Rules.Throw;
        return RuleOfRoom(type.ContainingNamespace.ToDisplayString(), type, method)
            ?? (Allocates(type, method) ? Rules.Allocation : null);
    }

    private static DiagnosticDescriptor? RuleOfRoom(string room, INamedTypeSymbol type, IMethodSymbol method)
    {
        if (room is "System.Linq")
            return Rules.Linq;
        if (IsThread(type))
            return method.Name switch
            {
                "get_CurrentThread" or "MemoryBarrier" => null,
                "Join" or "Sleep" or "SpinWait" or "Wait" or "Yield" => Rules.Wait,
                _ => Rules.Async,
            };
        if (room is "System.Threading")
            return Lockless.Contains(type.Name) ? null : Rules.Wait;
        if (room is "System")
        {
            return type.Name is "Console" || (type.Name is "Environment" && !OfEnvironment.Contains(method.Name))
                ? Rules.InputOutput
                : null;
        }

        return room is "Microsoft.Win32" or "System.IO" || room.StartsWith("System.Net", StringComparison.Ordinal)
            || (room is "System.Diagnostics" && type.Name is "Debugger" or "Process" or "Trace")
            ? Rules.InputOutput
            : null;
    }

    private static bool Allocates(INamedTypeSymbol type, IMethodSymbol method)
    {
        if (method.MethodKind is MethodKind.PropertyGet)
            return false;
        // Nothing hands out an array or a text that it has kept, apart from the empty one.
        if (method.ReturnType is IArrayTypeSymbol || method.ReturnType.SpecialType == SpecialType.System_String)
            return !(type.Name is "Array" && method.Name is "Empty");
        if (type is { Name: "Array", ContainingNamespace.Name: "System" } && method.Name is "Resize")
            return true;
        return type.IsReferenceType && Growing.Contains(method.Name)
            && type.ContainingNamespace.ToDisplayString() is "System.Text" or "System.Collections.Generic"
                or "System.Collections.Concurrent" or "System.Collections";
    }
}
