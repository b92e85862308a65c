using System;
using System.IO;

namespace R3X.FxHost.Plugins;

/// <summary>
/// A folder that was named as one of plugins, and what may be loaded from it: nothing that lies elsewhere, and nothing
/// that others can write. One thread.
/// </summary>
internal sealed class PluginRoot
{
    private const string WhereFix = "Copy it there, or name the folder it lies in under \"plugins:\" in host.yaml.";

    private readonly bool _mayBeWritable;
    private readonly string _inside;

    /// <param name="folder">An absolute path; it may be a link itself.</param>
    /// <param name="mayBeWritable">Whether others may write it.</param>
    public PluginRoot(string folder, bool mayBeWritable)
    {
        _mayBeWritable = mayBeWritable;
        TrueFolder = TrueFolderOf(folder);
        _inside = Path.Join(TrueFolder, Path.DirectorySeparatorChar.ToString());
        Refused = mayBeWritable || (OtherWriters.Of(folder) ?? OtherWriters.Above(TrueFolder)) is not { } why
            ? null : WritableRefusal(folder, why);
    }

    /// <summary>Where it really is.</summary>
    public string TrueFolder { get; }

    /// <summary>Why nothing of it may be loaded; null when it may.</summary>
    public RefusedPlugin? Refused { get; }

    /// <summary>Why a plugin's folder in it must be left alone; null when it need not. Everything in it is looked
    /// at.</summary>
    public RefusedPlugin? RefusalOf(string plugin)
    {
        if (LinkOut(new DirectoryInfo(plugin)) is { } outside)
            return outside;
        if (!_mayBeWritable && OtherWriters.Of(plugin) is { } why)
            return WritableRefusal(plugin, why);
        try
        {
            foreach (FileSystemInfo entry in PluginFiles.In(new DirectoryInfo(plugin), withSubfolders: true))
            {
                if (RefusalOf(entry) is { } refused)
                    return refused;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be read is not loaded either, and that is told.
        }

        return null;
    }

    /// <summary>Why one file in it must be left alone; null when it need not.</summary>
    public RefusedPlugin? RefusalOf(FileSystemInfo file)
    {
        if (LinkOut(file) is { } outside)
            return outside;
        return !_mayBeWritable && OtherWriters.Of(file.FullName) is { } why
            ? WritableRefusal(file.FullName, why) : null;
    }

    /// <summary>A folder's own path, were it reached through links.</summary>
    public static string TrueFolderOf(string folder)
    {
        try
        {
            return Path.TrimEndingDirectorySeparator(
                Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? folder);
        }
        catch (IOException)
        {
            return folder;
        }
    }

    private RefusedPlugin? LinkOut(FileSystemInfo entry)
    {
        try
        {
            if (!PluginFiles.IsLink(entry)
                || entry.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true } end)
                return null;
            return end.FullName.StartsWith(_inside, StringComparison.Ordinal)
                ? null
                : new RefusedPlugin(
                    entry.FullName, $"It is a link to {end.FullName}, which is outside of {TrueFolder}.", WhereFix);
        }
        catch (IOException)
        {
            // It leads nowhere, or in a circle: whoever reads it says so.
            return null;
        }
    }

    private static RefusedPlugin WritableRefusal(string file, string why) => new(
        file, why, "Take it from them (chmod go-w, chown), or let it be so: \"plugins: [{ folder: ..., writable: "
            + "allowed }]\" in host.yaml.");
}
