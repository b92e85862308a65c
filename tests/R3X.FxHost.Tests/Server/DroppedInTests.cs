using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Hosting;
using R3X.FxHost.Tests.Plugins;
using Xunit;

namespace R3X.FxHost.Tests.Server;

/// <summary>A plugin that is dropped in while the server runs.</summary>
public sealed class DroppedInTests
{
    [Fact]
    public async Task It_is_used_by_the_next_request_and_the_preset_that_needs_it_is_listed()
    {
        string presets = TestHost.PresetFolder(
            ("mine", "preset: 1\nchain:\n  - warble\n"), ("neutral", "preset: 1\nchain:\n  - gain\n"));
        using var folders = new PluginFolders();
        await using (ServerProcess server = await ServerProcess.StartAsync(
            "--presets", presets, "--plugins", folders.Root))
        {
            JsonNode before = await server.Client.AskAsync("GET", "r3x/presets");
            Assert.DoesNotContain("mine", before.ToJsonString(), StringComparison.Ordinal);
            new EmittedPlugin("warble") { Version = "0.1.0", Base = "Halves" }.WriteTo(folders, "warble");
            float loudest = 1;
            for (int look = 0; look < 600 && loudest > 0.13f; look++)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
                loudest = await LoudestAsync(server.Client);
            }

            Assert.Equal(0.125f, loudest, 0.001f);
            JsonNode now = await server.Client.AskAsync("GET", "r3x/presets");
            Assert.Contains("mine", now.ToJsonString(), StringComparison.Ordinal);
            // Its words are behind the sound, perhaps, until it has ended.
            server.Signal(15);
            await server.EndAsync();
            Assert.Contains("r3x serve: warble 0.1.0 added", server.Errors, StringComparison.Ordinal);
        }

        Directory.Delete(presets, recursive: true);
    }

    // Of a line at a quarter of full scale.
    private static async Task<float> LoudestAsync(HttpClient client)
    {
        IEnumerable<byte> line = Enumerable.Range(0, 4_800).SelectMany(
            i => BitConverter.GetBytes((short)(i / 20 % 2 == 0 ? 8_192 : -8_192)));
        using HttpResponseMessage answer = await client.PostAsync(
            "r3x/process?preset=mine&level=off&input_format=pcm_24000&output_format=f32_24000",
            new ByteArrayContent([.. line]), TestContext.Current.CancellationToken);
        byte[] samples = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode
            ? Enumerable.Range(0, samples.Length / 4).Max(i => Math.Abs(BitConverter.ToSingle(samples, i * 4))) : 1;
    }
}
