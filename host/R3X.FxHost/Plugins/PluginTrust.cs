using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace R3X.FxHost.Plugins;

/// <summary>
/// The plugins that this user lets run in the host's own process, kept in a file of the user's (<c>R3X_STATE</c>, else
/// <c>~/.local/state/r3x</c>). What is trusted is what the files hold: one that is changed is trusted no longer. Any
/// thread.
/// </summary>
public static class PluginTrust
{
    private static TrustedPlugins Kept => new(HostState.UsersFolder);

    /// <summary>Everything that was trusted, with what has become of it.</summary>
    /// <exception cref="IOException">A plugin's files cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of permission.</exception>
    public static IReadOnlyList<TrustedEffect> List() =>
        [.. Kept.Entries.GroupBy(entry => (entry.Id, entry.Path), entry => entry.Hash).Select(StateOf)];

    /// <summary>Trusts every effect of a folder as it is now.</summary>
    /// <param name="folder">A plugin's folder, or one that holds such.</param>
    /// <param name="refused">What in it cannot be used, and is not trusted.</param>
    /// <returns>Those that are trusted; empty when the folder holds no effect.</returns>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of permission.</exception>
    public static IReadOnlyList<TrustedEffect> Trust(string folder, out IReadOnlyList<RefusedPlugin> refused)
    {
        PluginDiscovery found = PluginDiscovery.In([FullPath(folder)], []);
        refused = found.Refused;
        TrustedPlugins kept = Kept;
        return
        [
            .. found.Effects.Select(effect =>
            {
                string[] hashes = HashesOf(effect.File);
                foreach (string hash in hashes)
                    kept.Add(hash, effect.Id, effect.File);
                return new TrustedEffect(effect.Id, effect.Version, effect.File, hashes[0], TrustState.Trusted);
            }),
        ];
    }

    /// <summary>Trusts nothing of a folder any longer, be it there or not.</summary>
    /// <param name="folder">A plugin's folder, or one that holds such.</param>
    /// <returns>Those that were trusted.</returns>
    /// <exception cref="IOException">The file of trust cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of permission.</exception>
    public static IReadOnlyList<TrustedEffect> Untrust(string folder)
    {
        string inside = Path.Join(FullPath(folder), Path.DirectorySeparatorChar.ToString());
        TrustedPlugins kept = Kept;
        TrustedEffect[] gone =
            [.. List().Where(effect => effect.File.StartsWith(inside, StringComparison.Ordinal))];
        foreach (TrustedPlugins.Entry entry in kept.Entries)
        {
            if (entry.Path.StartsWith(inside, StringComparison.Ordinal))
                kept.Remove(entry.Hash);
        }

        return gone;
    }

    private static TrustedEffect StateOf(IGrouping<(string Id, string Path), string> hashes)
    {
        (string id, string file) = hashes.Key;
        if (!File.Exists(file))
            return new TrustedEffect(id, "", file, hashes.Last(), TrustState.Gone);
        string? now = HashesOf(file).FirstOrDefault(hash => hashes.Contains(hash));
        return new TrustedEffect(
            id, DllFile.Read(file).Version, file, now ?? hashes.Last(),
            now is null ? TrustState.Changed : TrustState.Trusted);
    }

    // In a folder of its own all files are a plugin's; where several lie side by side, only the assemblies are. Which
    // it is depends on the folder that the host is told of.
    private static string[] HashesOf(string file) =>
        [PluginHash.Of(file, ownsFolder: true), PluginHash.Of(file, ownsFolder: false)];

    private static string FullPath(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}

/// <summary>An effect that was trusted.</summary>
/// <param name="Id">The effect.</param>
/// <param name="Version">The version that lies there now; empty where nothing does.</param>
/// <param name="File">The effect's assembly.</param>
/// <param name="Hash">SHA-256 of the plugin's files as they were trusted, 64 hexadecimal digits.</param>
/// <param name="State">What has become of it.</param>
public sealed record TrustedEffect(string Id, string Version, string File, string Hash, TrustState State);

/// <summary>What has become of an effect that was trusted.</summary>
public enum TrustState
{
    /// <summary>Its files are as they were.</summary>
    Trusted,

    /// <summary>Its files hold something else now, which is not trusted.</summary>
    Changed,

    /// <summary>It is not there.</summary>
    Gone,
}
