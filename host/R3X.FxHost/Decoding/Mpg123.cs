using System;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace R3X.FxHost.Decoding;

/// <summary>The calls of libmpg123 (mpg123.h, API 44 and later) that the feed decoder needs.</summary>
internal static unsafe partial class Mpg123
{
    public const int Ok = 0;
    public const int NeedMore = -10;
    public const int NewFormat = -11;
    public const int AddFlags = 2;
    public const int Quiet = 0x20;
    public const int ForceFloat = 0x400;
    public const int NoReadAhead = 0x40_0000;

    // Linux's name, found at the first try there; a dozen calls would each try four others before Resolve is asked.
    private const string Library = "libmpg123.so.0";

    private static readonly string[] FileNames =
        OperatingSystem.IsWindows() ? ["libmpg123-0.dll", "mpg123.dll", "libmpg123.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libmpg123.0.dylib", "/opt/homebrew/lib/libmpg123.0.dylib", "/usr/local/lib/libmpg123.0.dylib"]
        : ["libmpg123.so.0"];

    private static readonly Lazy<bool> Present = new(TryInitialize);

    /// <summary>Whether the library is installed and usable.</summary>
    public static bool IsInstalled => Present.Value;

    [LibraryImport(Library, EntryPoint = "mpg123_new")]
    public static partial nint New(nint decoder, out int error);

    [LibraryImport(Library, EntryPoint = "mpg123_delete")]
    public static partial void Delete(nint handle);

    [LibraryImport(Library, EntryPoint = "mpg123_param")]
    public static partial int SetParameter(Mpg123Decoder handle, int parameter, CLong value, double floatValue);

    [LibraryImport(Library, EntryPoint = "mpg123_open_feed")]
    public static partial int OpenFeed(Mpg123Decoder handle);

    [LibraryImport(Library, EntryPoint = "mpg123_decode")]
    public static partial int Decode(
        Mpg123Decoder handle, byte* input, nuint inputBytes, byte* output, nuint outputBytes, out nuint doneBytes);

    [LibraryImport(Library, EntryPoint = "mpg123_init")]
    private static partial int Initialize();

    private static bool TryInitialize()
    {
        // The event, not SetDllImportResolver: of that an assembly may have only one, and loudspeakers need theirs.
        AssemblyLoadContext.GetLoadContext(typeof(Mpg123).Assembly)!.ResolvingUnmanagedDll += Resolve;
        try
        {
            return Initialize() == Ok;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            return false;
        }
    }

    private static nint Resolve(Assembly assembly, string name)
    {
        if (name != Library)
            return 0;
        foreach (string file in FileNames)
        {
            if (NativeLibrary.TryLoad(file, out nint library))
                return library;
        }

        return 0;
    }
}
