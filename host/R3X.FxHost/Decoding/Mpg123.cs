using System;
using System.Runtime.InteropServices;
using R3X.FxHost.Formats;

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

    private const string Library = NativeCodec.Mpg123Library;

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
        try
        {
            return NativeCodec.Mpg123.IsInstalled && Initialize() == Ok;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            return false;
        }
    }
}
