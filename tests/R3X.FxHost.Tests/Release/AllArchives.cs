using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace R3X.FxHost.Tests.Release;

/// <summary>The archives for all machines, made from two copies of the checkout at different places.</summary>
public sealed class AllArchives : IAsyncLifetime
{
    /// <summary>Every machine there is an archive for.</summary>
    public static readonly string[] Machines =
        ["linux-x64", "linux-arm64", "linux-musl-x64", "win-x64", "osx-arm64", "osx-x64"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-archives-");

    internal Checkout First { get; private set; } = null!;

    internal Checkout Second { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        First = await Checkout.CopyAsync("one");
        Second = await Checkout.CopyAsync("another with a longer name");
        await ReleasedArchive.MakeAsync(First.Root);
        await ReleasedArchive.MakeAsync(Second.Root);
    }

    /// <summary>A new folder.</summary>
    public string NewFolder(string name) => _folder.CreateSubdirectory(name).FullName;

    /// <summary>An archive's one folder, as tar unpacks it.</summary>
    public async Task<string> UnpackAsync(string machine)
    {
        string into = Path.Combine(_folder.FullName, machine);
        if (!Directory.Exists(into))
        {
            Directory.CreateDirectory(into);
            await using FileStream file = ReleasedArchive.In(First.Root, machine).OpenRead();
            await using var gzip = new GZipStream(file, CompressionMode.Decompress);
            await TarFile.ExtractToDirectoryAsync(gzip, into, overwriteFiles: false);
        }

        return Directory.GetDirectories(into).Single();
    }

    public ValueTask DisposeAsync()
    {
        First?.Dispose();
        Second?.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
