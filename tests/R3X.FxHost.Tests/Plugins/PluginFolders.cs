using System;
using System.IO;
using R3X.FxHost.Plugins;

namespace R3X.FxHost.Tests.Plugins;

/// <summary>A folder of plugins for one test. Its own name is a hard one, so that every test shows that paths may
/// be.</summary>
internal sealed class PluginFolders : IDisposable
{
    private readonly string _outer = Directory.CreateTempSubdirectory("r3x-plugin-tests-").FullName;

    public PluginFolders() => Directory.CreateDirectory(Root);

    public string Root => Path.Combine(_outer, "Größe & Klang, neu");

    public string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Copies a plugin that the build made.</summary>
    public string Copy(string plugin, string? folder = null)
    {
        string target = PathOf(folder ?? plugin);
        Directory.CreateDirectory(target);
        foreach (string file in Directory.GetFiles(Repository.PathOf("artifacts", "test-plugins", plugin)))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        return Path.Combine(target, plugin + ".dll");
    }

    public string Write(string folder, string file, byte[] content)
    {
        string path = PathOf(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public EffectCatalogue Discover(PluginLoadMode mode = PluginLoadMode.Shadow) =>
        EffectCatalogue.Discover([Root], mode);

    public void Dispose() => Directory.Delete(_outer, recursive: true);
}
