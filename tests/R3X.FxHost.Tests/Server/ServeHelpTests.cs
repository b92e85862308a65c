using System;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using Xunit;

namespace R3X.FxHost.Tests.Server;

public sealed class ServeHelpTests
{
    [Fact]
    public async Task Help_has_a_recipe_of_three_lines_for_each_assistant()
    {
        using R3xProcess server = R3xProcess.Start(R3xProcess.Command(null, ServerProcess.Program, "--help"));
        server.Input.Close();

        string help = (await server.EndAsync()).Ended(0).Text;

        Assert.Contains("r3x serve [options]", help, StringComparison.Ordinal);
        Assert.DoesNotContain("r3x-serve", help, StringComparison.Ordinal);
        string[] lines = help.ReplaceLineEndings("\n").Split('\n');
        foreach (string assistant in (string[])
            ["Home Assistant", "Open WebUI", "SillyTavern", "Pipecat", "LiveKit", "ElevenLabs' and", "mpv, "])
        {
            int at = Array.FindIndex(lines, line => line.StartsWith("  " + assistant, StringComparison.Ordinal));
            Assert.True(at >= 0, $"There is no recipe for {assistant}.");
            Assert.All(lines[(at + 1)..(at + 4)], static line => Assert.StartsWith("    ", line));
            Assert.All(lines[(at + 4)..(at + 5)], static line => Assert.False(line.StartsWith("    ")));
        }
    }
}
