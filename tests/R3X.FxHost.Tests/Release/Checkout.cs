using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using R3X.FxHost.Tests.FirstUse;
using Xunit;

namespace R3X.FxHost.Tests.Release;

/// <summary>A copy of this checkout's files, as they are now, at another place, with nothing built.</summary>
internal sealed class Checkout : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-checkout-");

    private Checkout(string name) => Root = Directory.CreateDirectory(Path.Combine(_folder.FullName, name)).FullName;

    /// <summary>Where it stands.</summary>
    public string Root { get; }

    /// <summary>Makes one.</summary>
    /// <param name="name">Its folder's name.</param>
    public static async Task<Checkout> CopyAsync(string name)
    {
        var copy = new Checkout(name);
        // The files of this checkout and those that are not yet added, without what is built.
        const string files = "git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t \"$0\"";
        (int exitCode, string said) = await DotnetProcess.RunAsync(
            Repository.Root, Path.GetTempPath(), "bash", ["-c", files, copy.Root]);
        Assert.True(exitCode == 0, said);
        return copy;
    }

    /// <summary>A file or folder of it.</summary>
    public string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public void Dispose()
    {
        Process.Start("chmod", ["-R", "u+w", _folder.FullName]).WaitForExit();
        _folder.Delete(recursive: true);
    }
}
