using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace R3X.FxHost.Tests.FirstUse;

/// <summary>The code in the documentation, as whoever copies it compiles it.</summary>
public sealed partial class SnippetTests
{
    // All that the tests themselves reference.
    private static readonly IEnumerable<MetadataReference> References =
        [.. $"{AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")}".Split(Path.PathSeparator)
        .Where(file => !Path.GetFileName(file).StartsWith("R3X.FxHost.Tests", StringComparison.Ordinal))
        .Select(file => MetadataReference.CreateFromFile(file))];

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md")
        .Append(Repository.PathOf("README.md"))
        .Select(page => Path.GetRelativePath(Repository.Root, page))
        .Where(page => Code(page).Any())];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_compiles_as_it_stands(string page) =>
        Assert.All(Code(page), code => Assert.Equal("", Mistakes(code)));

    [Fact]
    public void Code_without_a_using_line_that_it_needs_is_found() =>
        Assert.Contains("CS0246", Mistakes("using FxHost host = FxHost.Create();"), StringComparison.Ordinal);

    /// <summary>The C# of a page, piece by piece.</summary>
    internal static IEnumerable<string> Code(string page) =>
        Fence().Matches(File.ReadAllText(Repository.PathOf(page)).ReplaceLineEndings("\n"))
            .Select(match => match.Groups["code"].Value);

    private static string Mistakes(string code)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, cancellationToken: cancellation);
        // A program has a first line to run; what has none is a library's.
        bool isProgram = tree.GetCompilationUnitRoot(cancellation).Members.OfType<GlobalStatementSyntax>().Any();
        OutputKind kind = isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        var options = new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable);
        IEnumerable<string> mistakes = CSharpCompilation.Create("snippet", [tree], References, options)
            .GetDiagnostics(cancellation)
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(diagnostic => diagnostic.ToString());
        return string.Join('\n', mistakes);
    }

    [GeneratedRegex(@"```(csharp|cs|c#)\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();
}
