using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets;

namespace R3X.FxHost.Server.Configuration;

/// <summary>The settings of <c>serve:</c> as variables of the environment: <c>R3X_SERVE_WYOMING_PORT</c> is
/// <c>wyoming-port</c>. The token is <c>R3X_TOKEN</c>, as for everything that calls the server.</summary>
internal static class ServeVariables
{
    private const string Prefix = "R3X_SERVE_";

    // Options that are no settings of serve:.
    private static readonly string[] Others = ["presets", "plugins", "device", "log"];

    /// <summary>The variable of a setting or an option.</summary>
    public static string NameOf(string key) => Prefix + key.Replace('-', '_').ToUpperInvariant();

    /// <summary>What a variable holds; null where it is not set.</summary>
    public static string? Find(string key) =>
        Environment.GetEnvironmentVariable(NameOf(key)) is { Length: > 0 } value ? value.Trim() : null;

    /// <summary>Variables that look like settings and are none.</summary>
    public static IEnumerable<string> Unknown()
    {
        HashSet<string> known = [.. ServeSettingsReader.Names.Where(static key => key != "token").Concat(Others)
            .Select(NameOf)];
        return Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(static variable => (string)variable.Key)
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !known.Contains(name))
            .Order(StringComparer.Ordinal);
    }
}
