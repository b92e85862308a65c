using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using R3X.FxHost.Tests.Cli;
using Xunit;

namespace R3X.FxHost.Tests.Server;

/// <summary>A speech service's own client for Node, making calls as an assistant would.</summary>
/// <param name="script">The script in tests/clients.</param>
/// <param name="address">What the client is given for an address.</param>
internal sealed class NodeClient(string script, string address)
{
    /// <summary>Makes calls, one after the other.</summary>
    /// <param name="calls">What the script takes: <c>{call, key, request, options}</c>.</param>
    /// <returns>What each came to.</returns>
    public async Task<IReadOnlyList<JsonObject>> CallAsync(params object[] calls)
    {
        R3xRun run = await RunAsync(JsonSerializer.Serialize(calls));
        run.Ended(0);
        return
        [
            .. run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => JsonNode.Parse(line) as JsonObject
                    ?? new JsonObject { ["all"] = JsonNode.Parse(line) }),
        ];
    }

    /// <summary>Makes one call that gives audio.</summary>
    public async Task<byte[]> AudioAsync(object call)
    {
        JsonObject answer = (await CallAsync(call))[0];
        Assert.True(answer["audio"] is not null, answer.ToJsonString());
        return Convert.FromBase64String(answer["audio"]!.ToString());
    }

    private async Task<R3xRun> RunAsync(string calls)
    {
        using R3xProcess node = R3xProcess.Start(R3xProcess.Command(
            null, "node", Repository.PathOf("tests", "clients", script), address, calls));
        node.Input.Close();
        return await node.EndAsync();
    }
}
