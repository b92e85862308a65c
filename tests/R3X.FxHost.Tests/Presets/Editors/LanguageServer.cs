using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Tests.Presets.Editors;

/// <summary>The yaml-language-server as an editor starts it, talked to over its standard input and output.</summary>
public sealed class LanguageServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonNode?>> _answers = new();
    private readonly Lock _writing = new();
    private int _lastId;

    public LanguageServer()
    {
        string server = Repository.PathOf("tests/editor/node_modules/yaml-language-server/bin/yaml-language-server");
        _process = Process.Start(new ProcessStartInfo("node", [server, "--stdio"]) { RedirectStandardInput = true,
            RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("node could not be started.");
        new Thread(Listen) { IsBackground = true, Name = "Language server's answers" }.Start();
        Request("initialize", new JsonObject
        {
            ["processId"] = Environment.ProcessId,
            ["rootUri"] = null,
            ["capabilities"] = new JsonObject
            {
                ["workspace"] = new JsonObject { ["configuration"] = true },
                ["textDocument"] =
                    new JsonObject { ["hover"] = new JsonObject { ["contentFormat"] = new JsonArray("plaintext") } },
            },
        });
        Notify("initialized", new JsonObject());
    }

    /// <summary>What it underlines in a text, in the order of the text.</summary>
    /// <param name="path">Where the file would be; its folder holds the schema that its first line names.</param>
    /// <param name="text">The text.</param>
    public Underlined[] Check(string path, string text) => CheckAsync(path, text).GetAwaiter().GetResult();

    /// <summary>The same of many at once: it waits with each whether somebody goes on typing.</summary>
    public async Task<Underlined[]> CheckAsync(string path, string text)
    {
        Task<JsonNode?> diagnostics = Await(UriOf(path));
        Notify("textDocument/didOpen", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = UriOf(path), ["languageId"] = "yaml", ["version"] = 1,
                ["text"] = text },
        });
        JsonArray found = (await diagnostics.WaitAsync(Patience))!["diagnostics"]!.AsArray();
        return [.. found.Select(Underlined.Of).OrderBy(mark => mark.Line).ThenBy(mark => mark.Column)];
    }

    /// <summary>What is shown where the mouse rests, in an open file. Lines and columns count from 1.</summary>
    public string Hover(string path, int line, int column) =>
        Request("textDocument/hover", Place(path, line, column))?["contents"]?["value"]?.GetValue<string>() ?? "";

    /// <summary>What is offered at a place of an open file.</summary>
    public string[] Complete(string path, int line, int column) =>
        [.. Request("textDocument/completion", Place(path, line, column))!["items"]!.AsArray().Select(
            item => item!["label"]!.GetValue<string>())];

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string UriOf(string path) => new Uri(path).AbsoluteUri;

    private static JsonObject Place(string path, int line, int column) => new()
    {
        ["textDocument"] = new JsonObject { ["uri"] = UriOf(path) },
        ["position"] = new JsonObject { ["line"] = line - 1, ["character"] = column - 1 },
    };

    private JsonNode? Request(string method, JsonObject parameters)
    {
        string id = (++_lastId).ToString(CultureInfo.InvariantCulture);
        Task<JsonNode?> answer = Await(id);
        Send(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters });
        return Wait(answer);
    }

    private Task<JsonNode?> Await(string key) =>
        _answers.GetOrAdd(
            key, _ => new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private static JsonNode? Wait(Task<JsonNode?> answer) => answer.WaitAsync(Patience).GetAwaiter().GetResult();

    private void Notify(string method, JsonObject parameters) =>
        Send(new JsonObject { ["method"] = method, ["params"] = parameters });

    private void Send(JsonObject message)
    {
        message["jsonrpc"] = "2.0";
        byte[] body = System.Text.Encoding.UTF8.GetBytes(message.ToJsonString());
        byte[] head = System.Text.Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n");
        lock (_writing)
        {
            _process.StandardInput.BaseStream.Write([.. head, .. body]);
            _process.StandardInput.BaseStream.Flush();
        }
    }

    private void Listen()
    {
        using var input = new BufferedStream(_process.StandardOutput.BaseStream);
        while (Receive(input) is { } message)
        {
            string? method = message["method"]?.GetValue<string>();
            if (method is null)
                Answered(message["id"]!.GetValue<string>(), message["result"]);
            else if (method == "textDocument/publishDiagnostics")
                Answered(message["params"]!["uri"]!.GetValue<string>(), message["params"]);
            else if (message["id"] is { } id)
                Send(new JsonObject { ["id"] = id.DeepClone(), ["result"] = method == "workspace/configuration"
                    ? Settings(message["params"]!["items"]!.AsArray()) : null });
        }
    }

    private void Answered(string key, JsonNode? answer)
    {
        if (_answers.TryRemove(key, out TaskCompletionSource<JsonNode?>? source))
            source.TrySetResult(answer?.DeepClone());
    }

    // As an editor has it whose user never changed a thing; but nothing is fetched from elsewhere.
    private static JsonArray Settings(JsonArray sections) =>
        new([.. sections.Select(section => section!["section"]!.GetValue<string>() == "yaml"
        ? new JsonObject { ["validate"] = true, ["hover"] = true, ["completion"] = true,
            ["schemaStore"] = new JsonObject { ["enable"] = false } }
        : (JsonNode?)null)]);

    private static JsonNode? Receive(BufferedStream input)
    {
        int length = 0;
        for (string line = ReadLine(input); line.Length > 0 || length == 0; line = ReadLine(input))
        {
            if (line == "\uFFFF")
                return null;
            if (line.StartsWith("Content-Length: ", StringComparison.Ordinal))
                length = int.Parse(line["Content-Length: ".Length..], CultureInfo.InvariantCulture);
        }

        byte[] body = new byte[length];
        input.ReadExactly(body);
        return JsonNode.Parse(body);
    }

    private static string ReadLine(BufferedStream input)
    {
        var line = new StringBuilder();
        for (int next = input.ReadByte(); next != '\n'; next = input.ReadByte())
        {
            if (next < 0)
                return "\uFFFF";
            if (next != '\r')
                line.Append((char)next);
        }

        return line.ToString();
    }
}
