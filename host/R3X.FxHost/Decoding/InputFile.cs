using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace R3X.FxHost.Decoding;

/// <summary>Opens files that are read as a stream, named pipes too. Any thread; never the audio thread.</summary>
public static class InputFile
{
    /// <summary>How long somebody to write into a named pipe is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const FileShare Sharing = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>
    /// Opens a file. The system lets who opens a named pipe wait for its writer without end; here that ends after
    /// <see cref="Patience"/>, or when it is cancelled.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="IOException">It cannot be opened, or nobody writes into it.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static FileStream Open(string path, CancellationToken cancellation = default) =>
        Open(path, Patience, cancellation);

    /// <inheritdoc cref="Open(string, CancellationToken)"/>
    /// <param name="path">The file.</param>
    /// <param name="patience">How long a writer is waited for.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    internal static FileStream Open(string path, TimeSpan patience, CancellationToken cancellation)
    {
        // A pipe has no length.
        FileSystemInfo file = new FileInfo(path);
        if (file.LinkTarget is not null)
            file = file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
        if (file is not FileInfo { Exists: true, Length: 0 })
            return OpenNow(path);
        Task<FileStream> opening = Task.Factory.StartNew(
            () => OpenNow(path), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        bool isOpen = false;
        try
        {
            isOpen = Task.WaitAny([opening], (int)patience.TotalMilliseconds, cancellation) == 0;
        }
        finally
        {
            if (!isOpen)
                Release(path, opening);
        }

        return isOpen ? opening.GetAwaiter().GetResult()
            : throw new IOException(
                $"Nobody writes into the pipe \"{path}\": no one opened it within {patience.TotalSeconds:0.#} s."
                + " Start what writes into it first.");
    }

    private static FileStream OpenNow(string path) =>
        new(path, FileMode.Open, FileAccess.Read, Sharing, bufferSize: 1);

    // Whoever waits for a writer gets one, which writes nothing.
    private static void Release(string path, Task<FileStream> opening)
    {
        opening.ContinueWith(
            static late => late.Result.Dispose(), CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        Task.Factory.StartNew(
            () => new FileStream(path, FileMode.Open, FileAccess.Write, Sharing, bufferSize: 1).Dispose(),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .ContinueWith(static released => _ = released.Exception, TaskScheduler.Default);
    }
}
