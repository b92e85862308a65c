using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace R3X.FxHost.Cli;

/// <summary>
/// The command's own streams. Inside the command this stands in for <see cref="System.Console"/>, whose streams plugins
/// may use as well: where standard output goes to a file or a pipe, what a plugin writes there goes to standard error,
/// and standard input is empty for it. On Linux and macOS that holds for the system's own streams too, on Windows for
/// those of .NET.
/// </summary>
internal static partial class Console
{
    private const int Input = 0;
    private const int Output = 1;
    private const int Errors = 2;
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;
    private const int ReadAndWrite = 2;

    private static readonly System.Text.Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    // Both have numbers of their own, as .NET duplicates what it opens.
    private static Stream? s_input;
    private static Stream? s_output;
    private static int s_pipe = Output;

    /// <summary>Results, for people and programs.</summary>
    public static TextWriter Out { get; private set; } = System.Console.Out;

    /// <summary>What is said besides. It never fails: what cannot be written there cannot be told anywhere.</summary>
    public static TextWriter Error { get; private set; } = System.Console.Error;

    /// <summary>Whether results go elsewhere than to a terminal.</summary>
    public static bool IsOutputRedirected { get; } = System.Console.IsOutputRedirected;

    /// <summary>Whether messages go elsewhere than to a terminal.</summary>
    public static bool IsErrorRedirected { get; } = System.Console.IsErrorRedirected;

    /// <summary>Takes the streams for the command. Before anything of a plugin runs.</summary>
    public static void Take()
    {
        bool isUnix = !OperatingSystem.IsWindows();
        // A stream that was closed when the program began has no number, or one that the runtime uses for itself.
        bool hasErrors = !isUnix || IsInherited(Errors);
        s_input = !isUnix || IsInherited(Input) ? System.Console.OpenStandardInput() : null;
        s_output = !isUnix || IsInherited(Output) ? System.Console.OpenStandardOutput() : null;
        // A console of Windows shows letters of its own code page; files and pipes get UTF-8 everywhere.
        System.Text.Encoding errors = isUnix || IsErrorRedirected ? Utf8 : System.Console.OutputEncoding;
        Error = hasErrors ? Writer(new ForgivingOutput(System.Console.OpenStandardError()), errors) : TextWriter.Null;
        System.Console.SetError(Error);
        System.Console.SetIn(TextReader.Null);
        int nothing = isUnix ? Open("/dev/null", ReadAndWrite) : -1;
        if (isUnix && s_input is not null)
            _ = DuplicateTo(nothing, Input);
        if (!IsOutputRedirected && s_output is not null)
            return;
        Out = Writer(new NamedOutput(s_output ?? new ClosedOutput(), "Standard output"), Utf8);
        System.Console.SetOut(Error);
        if (!isUnix || s_output is null)
            return;
        s_pipe = Duplicate(Output);
        _ = DuplicateTo(hasErrors ? Errors : nothing, Output);
    }

    /// <summary>Standard input as bytes; once.</summary>
    /// <exception cref="UsageException">It is closed.</exception>
    public static Stream OpenStandardInput() => s_input
        ?? throw new UsageException(
            "Standard input is closed. Pipe or redirect the sound into it, or name a file instead of -.");

    /// <summary>
    /// Standard output as bytes, without the console's own stream where that can be: it swallows the news that nobody
    /// reads any more.
    /// </summary>
    /// <exception cref="IOException">It is closed.</exception>
    public static Stream OpenStandardOutput()
    {
        if (s_output is null)
            throw new IOException("Standard output is closed. Redirect it, or name a file with -o.");
        if (OperatingSystem.IsWindows())
            return s_output;
        var stream = new FileStream(new SafeFileHandle(s_pipe, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // A file that others append to as well (>>, or two commands in brackets) has to be written where its shared
        // position is.
        return stream.CanSeek ? s_output : stream;
    }

    private static TextWriter Writer(Stream stream, System.Text.Encoding encoding) =>
        TextWriter.Synchronized(new StreamWriter(stream, encoding) { AutoFlush = true });

    // What a program inherits was not to be closed when it began; what the runtime opens for itself is.
    private static bool IsInherited(int stream) =>
        FileControl(stream, GetFlags) is var flags and not -1 && (flags & CloseOnExec) == 0;

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int stream);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int DuplicateTo(int stream, int number);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int FileControl(int stream, int command);
}
