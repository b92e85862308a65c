using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace R3X.FxHost.Tests.Service;

/// <summary>deploy/Containerfile, read as an engine reads it: as far as ours goes.</summary>
internal sealed class Containerfile
{
    private static readonly string[] Known =
    [
        "FROM", "ARG", "RUN", "ADD", "ENV", "USER", "WORKDIR", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT",
    ];

    private Containerfile(List<(string Name, string Text)> steps) => Steps = steps;

    /// <summary>Its instructions in order, with <c>ARG</c>s filled in.</summary>
    public IReadOnlyList<(string Name, string Text)> Steps { get; }

    /// <summary>What is started, with its arguments.</summary>
    public string[] Entrypoint => JsonSerializer.Deserialize<string[]>(Only("ENTRYPOINT"))!;

    /// <summary>The command that tells whether it is well.</summary>
    public string[] HealthCheck => JsonSerializer.Deserialize<string[]>(Only("HEALTHCHECK").Split("CMD ")[1])!;

    /// <summary>The variables it sets.</summary>
    public Dictionary<string, string> Environment => Steps.Where(static step => step.Name == "ENV")
        .SelectMany(static step => step.Text.Split(' '))
        .ToDictionary(static one => one.Split('=')[0], static one => one.Split('=')[1]);

    /// <summary>Reads it.</summary>
    public static Containerfile Read()
    {
        List<(string, string)> steps = [];
        Dictionary<string, string> given = [];
        string begun = "";
        foreach (string raw in File.ReadLines(Repository.PathOf("deploy", "Containerfile")))
        {
            string line = begun + raw.Trim();
            begun = "";
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line[^1] == '\\')
            {
                begun = line[..^1];
                continue;
            }

            string[] parts = line.Split(' ', 2);
            string text = given.Aggregate(parts[1], static (text, one) => text.Replace(
                $"${{{one.Key}}}", one.Value, StringComparison.Ordinal));
            if (!Known.Contains(parts[0]))
                throw new InvalidDataException($"\"{parts[0]}\" is an instruction that the test does not know.");
            if (parts[0] == "ARG")
                given[text.Split('=')[0]] = text.Split('=')[1];
            steps.Add((parts[0], text));
        }

        return new Containerfile(steps);
    }

    /// <summary>What an instruction says that stands there once.</summary>
    public string Only(string name) => Steps.Single(step => step.Name == name).Text;
}
