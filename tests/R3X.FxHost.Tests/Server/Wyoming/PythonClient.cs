using System;
using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;

namespace R3X.FxHost.Tests.Server.Wyoming;

/// <summary>What Home Assistant and satellites do, by <c>tests/clients/wyoming.py</c>.</summary>
/// <param name="port">The server's port.</param>
internal sealed class PythonClient(int port) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-wyoming-");

    /// <summary>The sound that came with the last line.</summary>
    public byte[] Sound => File.ReadAllBytes(PathOf("out.pcm"));

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    public Task<JsonNode> DescribeAsync() => RunAsync("describe");

    /// <summary>Has a line spoken.</summary>
    /// <param name="request">Its text, or <c>pieces</c> of it, its voice and its context.</param>
    public async Task<JsonNode> SayAsync(JsonObject request)
    {
        await File.WriteAllTextAsync(PathOf("request.json"), request.ToJsonString());
        return await RunAsync("say", PathOf("request.json"), PathOf("out.pcm"));
    }

    /// <summary>Sends a sound to the loudspeaker.</summary>
    /// <param name="wave">A WAV file.</param>
    /// <param name="hangsUp">Whether it hangs up behind the last byte, as satellites do.</param>
    public Task<JsonNode> PlayAsync(string wave, bool hangsUp) =>
        hangsUp ? RunAsync("play", wave, "hang-up") : RunAsync("play", wave);

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<JsonNode> RunAsync(params string[] arguments)
    {
        using R3xProcess python = R3xProcess.Start(R3xProcess.Command(_folder.FullName, "python3",
        [
            Repository.PathOf("tests", "clients", "wyoming.py"), port.ToString(CultureInfo.InvariantCulture),
            .. arguments,
        ]));
        python.Input.Close();
        R3xRun run = (await python.EndAsync()).Ended(0);
        return JsonNode.Parse(run.Text)!;
    }
}
