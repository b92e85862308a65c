using System;
using System.Collections.Generic;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace R3X.FxHost.Formats;

/// <summary>
/// A codec's native library, whose file has another name on every platform. Its calls are declared with Linux's name,
/// which is found at the first try there. It is loaded when somebody asks for it, not before.
/// </summary>
internal sealed class NativeCodec
{
    public const string Mpg123Library = "libmpg123.so.0";
    public const string LameLibrary = "libmp3lame.so.0";

    private readonly string _library;
    private readonly Lazy<nint> _handle;

    private NativeCodec(string library, string[] onWindows, string onMac, string install)
    {
        _library = library;
        FileNames = OperatingSystem.IsWindows() ? onWindows
            : OperatingSystem.IsMacOS() ? [onMac, "/opt/homebrew/lib/" + onMac, "/usr/local/lib/" + onMac]
            : [library];
        Install = install;
        _handle = new Lazy<nint>(Load);
        // The event, not SetDllImportResolver: of that an assembly may have only one, and loudspeakers need theirs.
        AssemblyLoadContext.GetLoadContext(typeof(NativeCodec).Assembly)!.ResolvingUnmanagedDll += Resolve;
    }

    /// <summary>libmpg123, which decodes MP3.</summary>
    public static NativeCodec Mpg123 { get; } = new(
        Mpg123Library, ["libmpg123-0.dll", "mpg123.dll", "libmpg123.dll"], "libmpg123.0.dylib",
        OperatingSystem.IsWindows()
            ? "download libmpg123 from https://mpg123.de/download.shtml and put libmpg123-0.dll beside r3x.exe"
        : OperatingSystem.IsMacOS() ? "brew install mpg123"
        : "sudo apt install libmpg123-0 (Fedora: sudo dnf install mpg123-libs)");

    /// <summary>libmp3lame, which encodes MP3.</summary>
    public static NativeCodec Lame { get; } = new(
        LameLibrary, ["libmp3lame.dll", "libmp3lame-0.dll"], "libmp3lame.0.dylib",
        OperatingSystem.IsWindows() ? "vcpkg install mp3lame:x64-windows, then put libmp3lame.dll beside r3x.exe"
        : OperatingSystem.IsMacOS() ? "brew install lame"
        : "sudo apt install libmp3lame0 (Fedora: sudo dnf install lame-libs)");

    /// <summary>The names its file goes by here, the likeliest first.</summary>
    public IReadOnlyList<string> FileNames { get; }

    /// <summary>Where it comes from, by platform, as a sentence's end.</summary>
    public string Install { get; }

    /// <summary>Whether it can be loaded.</summary>
    public bool IsInstalled => _handle.Value != 0;

    private nint Load()
    {
        foreach (string file in FileNames)
        {
            if (NativeLibrary.TryLoad(file, out nint library))
                return library;
        }

        return 0;
    }

    private nint Resolve(Assembly assembly, string name) => name == _library ? _handle.Value : 0;
}
