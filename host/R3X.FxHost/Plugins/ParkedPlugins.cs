using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace R3X.FxHost.Plugins;

/// <summary>
/// What disposed hosts had loaded, for the next host of the process. Unloaded on Linux, each effect compiled ahead of
/// time would leave three mapped regions behind (.NET 10), and a process that makes a host now and then ran out of
/// them. Any thread.
/// </summary>
internal static class ParkedPlugins
{
    private const int Most = 64;

    private static readonly Lock Gate = new();
    private static readonly List<ParkedPlugin> Parked = [];

    static ParkedPlugins() => AppDomain.CurrentDomain.ProcessExit += static (_, _) => DeleteFolders();

    /// <summary>Keeps one. The oldest has to leave where there are too many; so have those of the same file as it was
    /// before.</summary>
    public static void Park(ParkedPlugin plugin)
    {
        List<ParkedPlugin> leaving;
        lock (Gate)
        {
            leaving = Parked.FindAll(other => other.Stamp.File == plugin.Stamp.File && other.Stamp != plugin.Stamp);
            Parked.RemoveAll(leaving.Contains);
            Parked.Add(plugin);
            if (Parked.Count > Most)
            {
                leaving.Add(Parked[0]);
                Parked.RemoveAt(0);
            }
        }

        foreach (ParkedPlugin old in leaving)
        {
            old.Context.Unload();
            old.Shadow.Dispose();
        }
    }

    /// <summary>Takes one for a host of its own; null where there is none.</summary>
    public static ParkedPlugin? Take(PluginStamp stamp)
    {
        lock (Gate)
        {
            int at = Parked.FindLastIndex(plugin => plugin.Stamp == stamp);
            if (at < 0)
                return null;
            ParkedPlugin taken = Parked[at];
            Parked.RemoveAt(at);
            return taken;
        }
    }

    private static void DeleteFolders()
    {
        lock (Gate)
        {
            foreach (ParkedPlugin plugin in Parked)
                plugin.Shadow.Dispose();
            Parked.Clear();
        }
    }
}

/// <summary>A plugin that is loaded and nobody's.</summary>
/// <param name="Stamp">Its files as they were.</param>
/// <param name="Context">Its code.</param>
/// <param name="Shadow">The copy it was loaded from.</param>
/// <param name="Effect">Its effect.</param>
internal sealed record ParkedPlugin(PluginStamp Stamp, IEffectCode Context, ShadowFolder Shadow, LoadedEffect Effect);

/// <summary>The files of a plugin at one time.</summary>
/// <param name="File">The effect's assembly.</param>
/// <param name="Bytes">The length of all files.</param>
/// <param name="Times">Tells when they were written.</param>
internal readonly record struct PluginStamp(string File, long Bytes, int Times)
{
    /// <summary>As they are now.</summary>
    /// <param name="file">The effect's assembly.</param>
    /// <param name="ownsFolder">Whether the whole folder is the plugin's.</param>
    /// <exception cref="IOException">They cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of permission.</exception>
    public static PluginStamp Of(string file, bool ownsFolder)
    {
        long bytes = 0;
        var times = new HashCode();
        foreach (FileInfo info in PluginFiles.In(new DirectoryInfo(Path.GetDirectoryName(file)!), ownsFolder)
            .OfType<FileInfo>().OrderBy(f => f.FullName, StringComparer.Ordinal))
        {
            bytes += info.Length;
            times.Add(info.FullName);
            times.Add(info.LastWriteTimeUtc);
        }

        return new PluginStamp(file, bytes, times.ToHashCode());
    }
}
