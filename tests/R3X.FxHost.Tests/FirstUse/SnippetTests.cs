using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace R3X.FxHost.Tests.FirstUse;

/// <summary>The code in the documentation, as whoever copies it compiles it.</summary>
public sealed partial class SnippetTests
{
    private static readonly IEnumerable<MetadataReference> References = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(file => !Path.GetFileName(file).StartsWith("R3X.FxHost.Tests", StringComparison.Ordinal))
        .Select(file => MetadataReference.CreateFromFile(file))];

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md")
        .Append(Repository.PathOf("README.md"))
        .Select(page => Path.GetRelativePath(Repository.Root, page))
        .Where(page => Code(page).Any())];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_compiles_as_it_stands(string page) => Assert.All(Code(page), code => Assert.Equal("", Mistakes(code)));

    [Fact]
    public void Code_without_a_using_line_that_it_needs_is_found() =>
        Assert.Contains("CS0246", Mistakes("using FxHost host = FxHost.Create();"), StringComparison.Ordinal);

    /// <summary>The C# of a page, piece by piece.</summary>
    internal static IEnumerable<string> Code(string page) =>
        Fence().Matches(File.ReadAllText(Repository.PathOf(page)).ReplaceLineEndings("\n")).Select(match => match.Groups["code"].Value);

    private static string Mistakes(string code)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Latest), cancellationToken: TestContext.Current.CancellationToken);
        // A program has a first line to run; what has none is a library's.
        bool isProgram = tree.GetCompilationUnitRoot(TestContext.Current.CancellationToken).Members.Any(member => member is Microsoft.CodeAnalysis.CSharp.Syntax.GlobalStatementSyntax);
        var options = new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        IEnumerable<string> mistakes = CSharpCompilation.Create("snippet", [tree], References, options)
            .GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error or DiagnosticSeverity.Warning && diagnostic.Id is not "CS1591")
            .Select(diagnostic => diagnostic.ToString());
        return string.Join('\n', mistakes);
    }

    [GeneratedRegex(@"```(csharp|cs|c#)\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();
}
