using System;
using System.IO;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Plugins;

/// <summary>
/// Who besides the host's user may write a file or folder, and so decides what the host runs. Unix; on Windows nobody
/// is found. Any thread.
/// </summary>
internal static partial class OtherWriters
{
    private const UnixFileMode Sticky = UnixFileMode.StickyBit;
    private const int CurrentFolder = -100;
    private const uint OwnerAndMode = 0x1 | 0x2 | 0x8 | 0x10;
    private const uint Root = 0;

    // Who can replace the program needs no plugin.
    private static readonly uint? OwnerOfProgram =
        OperatingSystem.IsLinux() ? Read(AppContext.BaseDirectory)?.User : null;

    /// <summary>Says who may write it.</summary>
    /// <param name="path">A file or folder; of a link, what it leads to.</param>
    /// <returns>A whole sentence; null for nobody, and where it cannot be told.</returns>
    public static string? Of(string path)
    {
        if (OperatingSystem.IsWindows())
            return null;
        try
        {
            UnixFileMode mode = File.GetUnixFileMode(path);
            if (mode.HasFlag(UnixFileMode.OtherWrite))
                return $"Every user of this machine may write {path} and so decide what the host runs.";
            if (!OperatingSystem.IsLinux() || Read(path) is not { } owner)
                return null;
            // Many systems give each user a group of the same number, in which nobody else is.
            if (mode.HasFlag(UnixFileMode.GroupWrite) && owner.Group != owner.User && owner.Group != Root)
            {
                return $"The members of group {owner.Group} may write {path} and so decide what the host runs.";
            }

            return owner.User == Root || owner.User == EffectiveUser() || owner.User == OwnerOfProgram
                ? null
                : $"User {owner.User}, who is not the one that runs the host, owns {path} and so decides what the "
                    + "host runs.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be looked at cannot be read either, and that is told.
            return null;
        }
    }

    /// <summary>The same of the folders above a folder: who may write one puts another in the place of what is in
    /// it.</summary>
    /// <param name="folder">An absolute path.</param>
    public static string? Above(string folder)
    {
        for (string? above = Path.GetDirectoryName(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            try
            {
                // In a sticky one, such as /tmp, everybody may do so with his own alone.
                if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(above) is var mode
                    && mode.HasFlag(UnixFileMode.OtherWrite) && !mode.HasFlag(Sticky))
                    return $"Every user of this machine may write {above} and so put another folder in the place of "
                        + $"{folder}.";
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        return null;
    }

    private static (uint User, uint Group)? Read(string path) =>
        Statx(CurrentFolder, path, 0, OwnerAndMode, out FileStatus status) == 0 ? (status.User, status.Group) : null;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    // Its result has one layout on all kinds of processors, which that of stat has not.
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, out FileStatus status);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct FileStatus
    {
        [FieldOffset(20)]
        public readonly uint User;

        [FieldOffset(24)]
        public readonly uint Group;
    }
}
