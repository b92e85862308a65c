using System;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace R3X.FxHost.Tests.Architecture;

/// <summary>What messages may say.</summary>
public sealed partial class MessageTests
{
    // What is typed to the system, not to r3x.
    private static readonly string[] OtherPrograms = ["pulseaudio --start", "systemctl --user"];

    [Fact]
    public void Messages_of_the_library_name_no_options_of_the_command()
    {
        string[] found =
        [
            .. SourceFile.Under("host/R3X.FxHost").SelectMany(file => file.Text.Split('\n')
                .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                .Select(WithoutOtherPrograms)
                .Where(line => Option().IsMatch(line)).Select(line => $"{file.Path}: {line.Trim()}")),
        ];
        Assert.Empty(found);
    }

    private static string WithoutOtherPrograms(string line) =>
        OtherPrograms.Aggregate(line, (text, known) => text.Replace(known, "", StringComparison.Ordinal));

    [GeneratedRegex("\"[^\"]*(--[a-z]|r3x [^\"]* -[a-z]\\b)")]
    private static partial Regex Option();
}
