using System;
using System.Globalization;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace R3X.FxHost.Cli;

/// <summary>
/// A file, pipe or terminal that the shell opened for the command and that a path stands for: <c>/dev/stdout</c>,
/// <c>/dev/fd/63</c> (what <c>-o &gt;(cmd)</c> comes to). It is used as it was opened: looked up by its name it would
/// be found nowhere, or emptied.
/// </summary>
/// <param name="Number">The file descriptor.</param>
/// <param name="Path">The path as it was given.</param>
internal sealed record InheritedFile(int Number, string Path)
{
    private static readonly string[] Folders = ["/dev/fd/", "/proc/self/fd/"];

    /// <summary>The one that a path stands for; null for any other path.</summary>
    public static InheritedFile? In(string path)
    {
        if (OperatingSystem.IsWindows())
            return null;
        if (path is "/dev/stdout" or "/dev/stderr")
            return new InheritedFile(path == "/dev/stdout" ? 1 : 2, path);
        foreach (string folder in Folders)
        {
            if (path.StartsWith(folder, StringComparison.Ordinal)
                && int.TryParse(path[folder.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                return new InheritedFile(number, path);
        }

        return null;
    }

    /// <summary>Opens it where it stands.</summary>
    /// <exception cref="IOException">Nothing is open under that number, or it cannot be written.</exception>
    public NamedOutput OpenToWrite()
    {
        if (Number == 1)
            return NamedOutput.OpenStandardOutput();
        if (!System.IO.Path.Exists($"/dev/fd/{Number}"))
            throw new IOException("The shell opened nothing there.");
        try
        {
            var handle = new SafeFileHandle(Number, ownsHandle: false);
            return new NamedOutput(new FileStream(handle, FileAccess.Write, bufferSize: 0), $"\"{Path}\"");
        }
        catch (Exception e) when (e is ArgumentException or UnauthorizedAccessException)
        {
            throw new IOException($"It cannot be written to: {e.Message}", e);
        }
    }
}
