using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using R3X.FxHost.Tests.FirstUse;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Release;

/// <summary>The archives of all machines: built twice, compared, and used where this machine can run them.</summary>
[Trait("Length", "Long")]
public sealed class ReleaseTests(AllArchives archives) : IClassFixture<AllArchives>
{
    private static readonly string Line = Repository.PathOf("host", "R3X.FxHost.Cli", "demo-line.mp3");
    private static readonly string[] Presets = ["neutral", "dj-r3x", "excited", "radio"];

    [Fact]
    public void Built_from_two_places_they_are_the_same_byte_for_byte()
    {
        foreach (string machine in AllArchives.Machines)
        {
            Assert.Equal(
                File.ReadAllBytes(ReleasedArchive.In(archives.First.Root, machine).FullName),
                File.ReadAllBytes(ReleasedArchive.In(archives.Second.Root, machine).FullName));
        }

        const string sums = "SHA256SUMS";
        Assert.Equal(
            File.ReadAllText(archives.First.PathOf("artifacts", "release", sums)),
            File.ReadAllText(archives.Second.PathOf("artifacts", "release", sums)));
    }

    [Fact]
    public async Task It_runs_without_NET_from_anywhere_by_its_path_through_PATH_and_by_a_link()
    {
        string program = Path.Combine(await archives.UnpackAsync("linux-x64"), "r3x");
        string folder = archives.NewFolder("empty");
        string link = Path.Combine(folder, "droid");
        File.CreateSymbolicLink(link, program);
        string[] words = ["render", Line, "-o", "out.wav"];
        foreach (string[] command in new string[][]
            { [program], [link], ["env", $"PATH={Path.GetDirectoryName(program)}", "r3x"] })
        {
            // No variable, and so no HOME, no PATH and no .NET.
            await EndsAsync(folder, "env", ["-i", .. command, .. words]);
            Assert.InRange(new FileInfo(Path.Combine(folder, "out.wav")).Length, 100_000, long.MaxValue);
            File.Delete(Path.Combine(folder, "out.wav"));
        }

        await ServesAsync(program, folder);
    }

    [Fact]
    public async Task On_ARM_lines_sound_as_on_x64_and_as_without_any_vectors()
    {
        string folder = archives.NewFolder("arm");
        string[] arm = Emulated(Path.Combine(await archives.UnpackAsync("linux-arm64"), "r3x"));
        string x64 = Path.Combine(await archives.UnpackAsync("linux-x64"), "r3x");
        Assert.Matches(@"^\d+\.\d+\.\d+", await EndsAsync(folder, "env", ["-i", .. arm, "--version"]));
        foreach (string preset in Presets)
        {
            float[] expected = await RenderAsync(folder, preset, [x64]);
            AreAlike(expected, await RenderAsync(folder, preset, arm));
        }

        // Its kernels against code without a single vector.
        string[] scalar = ["DOTNET_EnableHWIntrinsic=0", x64];
        AreAlike(await RenderAsync(folder, "neutral", scalar), await RenderAsync(folder, "neutral", arm));
    }

    [Theory]
    [InlineData("blocks-do-not-matter")]
    [InlineData("stays-finite")]
    public async Task On_ARM_effects_keep_what_they_promise(string check)
    {
        string folder = archives.NewFolder("arm-" + check);
        string unpacked = await archives.UnpackAsync("linux-arm64");
        string[] arm = Emulated(Path.Combine(unpacked, "r3x"));
        foreach (string plugin in Directory.GetFiles(
            Path.Combine(unpacked, "plugins"), "R3X.FxHost.Effects.*.dll", SearchOption.AllDirectories))
        {
            string said = await EndsAsync(
                folder,
                "env",
                ["-i", .. arm, "effects", "check", plugin, "--here", "--only", check]);
            Assert.Contains("\"hasPassed\": true", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task With_musl_lines_sound_as_with_glibc()
    {
        string folder = archives.NewFolder("musl");
        string[] musl =
        [
            .. await Musl.InFrontAsync(folder), Path.Combine(await archives.UnpackAsync("linux-musl-x64"), "r3x"),
        ];
        float[] expected = await RenderAsync(
            folder, "dj-r3x", [Path.Combine(await archives.UnpackAsync("linux-x64"), "r3x")]);
        AreAlike(expected, await RenderAsync(folder, "dj-r3x", musl));
    }

    // Apple's programs cannot be run here.
    [Theory]
    [InlineData("osx-arm64", 0x0100000C)]
    [InlineData("osx-x64", 0x01000007)]
    public async Task Those_for_macOS_hold_signed_programs_of_its_processors(string machine, int processor)
    {
        string unpacked = await archives.UnpackAsync(machine);
        foreach (string name in new[] { "r3x", "r3x-serve", "libcoreclr.dylib" })
        {
            byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(unpacked, name), Cancellation);
            var program = new MachO(bytes);
            Assert.Equal(processor, program.Processor);
            Assert.True(program.IsSigned, name);
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static void AreAlike(float[] expected, float[] heard)
    {
        Assert.Equal(expected.Length, heard.Length);
        Assert.InRange(Noise.ResidualDecibels(expected, heard), double.NegativeInfinity, -80);
    }

    private static string[] Emulated(string program) => ["qemu-aarch64", "-L", "/usr/aarch64-linux-gnu", program];

    private static async Task<float[]> RenderAsync(string folder, string preset, string[] command)
    {
        string[] words = ["render", Line, "--preset", preset, "--bits", "float", "--seed", "1", "-o", "out.wav"];
        await EndsAsync(folder, "env", ["-i", .. command, .. words]);
        return TestHost.Samples(await File.ReadAllBytesAsync(Path.Combine(folder, "out.wav"), Cancellation));
    }

    private static async Task<string> EndsAsync(string folder, string program, string[] arguments)
    {
        (int exitCode, string said) = await DotnetProcess.RunAsync(folder, folder, program, arguments);
        Assert.True(exitCode == 0, $"{string.Join(' ', arguments)}:\n{exitCode}\n{said}");
        return said;
    }

    private static async Task ServesAsync(string program, string folder)
    {
        string[] words = ["-i", "--default-signal=INT", program, "serve", "--port", "0", "--wyoming-port", "off"];
        using R3xProcess server = R3xProcess.Start(
            R3xProcess.Command(folder, "env", [.. words, "--device", "null", "--openai", "off", "--elevenlabs", "off"]),
            collectOutput: false);
        string said;
        do
            said = server.Line();
        while (said.Length > 0 && !said.StartsWith("Listening on ", StringComparison.Ordinal));
        Assert.StartsWith("Listening on http", said, StringComparison.Ordinal);
        server.Signal(2);
        Assert.Equal(0, (await server.EndAsync()).ExitCode);
    }
}
