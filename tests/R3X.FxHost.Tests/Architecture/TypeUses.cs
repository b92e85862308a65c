using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace R3X.FxHost.Tests.Architecture;

/// <summary>One room uses a type of another, or of a package.</summary>
/// <param name="Room">The folder that uses it, from the project's folder on; "(root)" for that folder itself.</param>
/// <param name="Used">The folder it stands in, or the package's assembly.</param>
/// <param name="Where">A file that does, and the type.</param>
internal sealed record TypeUse(string Room, string Used, string Where);

/// <summary>
/// Which folder of a project uses types of which other: by what the compiler resolves every name to, so that a parent
/// namespace, an inferred type or a member of a member hides nothing.
/// </summary>
internal static class TypeUses
{
    public const string Root = "(root)";

    /// <summary>Every use that leaves its folder, once per folder and folder used.</summary>
    /// <param name="projectFolder">The project's folder.</param>
    /// <param name="assemblies">What it is compiled against, as paths.</param>
    public static IReadOnlyList<TypeUse> Of(string projectFolder, IEnumerable<string> assemblies)
    {
        CSharpCompilation compilation = Compile(projectFolder, assemblies);
        var uses = new Dictionary<(string, string), TypeUse>();
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            string room = RoomOf(projectFolder, tree.FilePath);
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                ISymbol? symbol = model.GetSymbolInfo(name).Symbol;
                if (TypeOf(symbol) is not { } type)
                    continue;
                if ((symbol is INamedTypeSymbol ? Loading(type) : null) is not { } used
                    && (used = Used(projectFolder, type)) is null)
                    continue;
                if (used != room)
                    uses.TryAdd(
                        (room, used), new TypeUse(room, used, $"{Path.GetFileName(tree.FilePath)} uses {type.Name}"));
            }
        }

        return [.. uses.Values.OrderBy(use => use.Room, StringComparer.Ordinal)];
    }

    public static CSharpCompilation Compile(string projectFolder, IEnumerable<string> assemblies)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        IEnumerable<SyntaxTree> trees = Directory.EnumerateFiles(projectFolder, "*.cs", SearchOption.AllDirectories)
            .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path));
        return CSharpCompilation.Create(
            "rooms",
            trees,
            assemblies.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    private static string RoomOf(string projectFolder, string path)
    {
        string folder = Path.GetRelativePath(projectFolder, Path.GetDirectoryName(path)!).Replace('\\', '/');
        return folder == "." ? Root : folder;
    }

    private static INamedTypeSymbol? TypeOf(ISymbol? symbol) => symbol switch
    {
        null or INamespaceSymbol => null,
        INamedTypeSymbol type => type.OriginalDefinition,
        ILocalSymbol local => local.Type as INamedTypeSymbol,
        IParameterSymbol parameter => parameter.Type as INamedTypeSymbol,
        _ => symbol.ContainingType?.OriginalDefinition,
    };

    // Not a matter for everybody.
    private static string? Loading(INamedTypeSymbol type) => type.ContainingNamespace?.ToDisplayString() switch
    {
        string name when name.StartsWith("System.Reflection", StringComparison.Ordinal) => "System.Reflection",
        "System.Runtime.Loader" => "System.Runtime.Loader",
        _ => null,
    };

    // The platform and the Sdk belong to everybody.
    private static string? Used(string projectFolder, INamedTypeSymbol type)
    {
        if (type.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration)
            return RoomOf(projectFolder, declaration.SyntaxTree.FilePath);
        string? assembly = type.ContainingAssembly?.Name;
        return assembly is null || assembly.StartsWith("System.", StringComparison.Ordinal) || assembly
            .StartsWith("Microsoft.", StringComparison.Ordinal) || assembly is "R3X.FxHost.Sdk" ? null : assembly;
    }
}
