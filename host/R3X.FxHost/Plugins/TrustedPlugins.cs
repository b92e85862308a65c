using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace R3X.FxHost.Plugins;

/// <summary>
/// The plugins that the owner of this user account lets run in the host's own process, by the hash of their files: a
/// line each in a text file, <c>HASH ID FILE</c>. Any thread, any process.
/// </summary>
/// <param name="folder">Where the host keeps what lasts.</param>
internal sealed class TrustedPlugins(string folder)
{
    private readonly string _file = Path.Combine(folder, "trusted-plugins");

    /// <summary>What stands in the file.</summary>
    public IReadOnlyList<Entry> Entries =>
    [
        .. from line in Lines()
           let parts = line.Split(' ', 3)
           where parts.Length == 3
           select new Entry(parts[0], parts[1], parts[2]),
    ];

    /// <summary>Whether files with this hash were trusted. Reads the file; what cannot be read trusts nobody.</summary>
    /// <param name="hash">A <see cref="PluginHash"/>.</param>
    public bool Holds(string hash) => Lines().Any(line => line.StartsWith(hash, StringComparison.Ordinal));

    /// <summary>Trusts a plugin as it is now.</summary>
    /// <param name="hash">A <see cref="PluginHash"/>.</param>
    /// <param name="id">Its effect, for readers of the file.</param>
    /// <param name="path">Where it lies, for the same.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of permission.</exception>
    public void Add(string hash, string id, string path)
    {
        if (Holds(hash))
            return;
        Write([.. Lines(), string.Create(CultureInfo.InvariantCulture, $"{hash} {id} {path}")]);
    }

    /// <summary>Trusts it no longer.</summary>
    /// <returns>Whether it was trusted.</returns>
    /// <inheritdoc cref="Add"/>
    public bool Remove(string hash)
    {
        string[] lines = Lines();
        string[] kept = [.. lines.Where(line => !line.StartsWith(hash, StringComparison.Ordinal))];
        if (kept.Length == lines.Length)
            return false;
        Write(kept);
        return true;
    }

    private string[] Lines()
    {
        try
        {
            return File.Exists(_file) ? File.ReadAllLines(_file) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>A plugin as it was trusted.</summary>
    /// <param name="Hash">Its <see cref="PluginHash"/>.</param>
    /// <param name="Id">Its effect.</param>
    /// <param name="Path">Its assembly.</param>
    internal sealed record Entry(string Hash, string Id, string Path);

    // Whole or not at all: another process may be reading it.
    private void Write(IEnumerable<string> lines)
    {
        HostState.Make(folder);
        string fresh = _file + "." + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        File.WriteAllLines(fresh, lines);
        File.Move(fresh, _file, overwrite: true);
    }
}
