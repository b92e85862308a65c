using System;
using System.Globalization;
using System.IO;
using System.IO.MemoryMappedFiles;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Isolation;

/// <summary>
/// Memory that host and worker both see: a block of planar samples, and what goes with it. Who may touch it, the
/// messages say. It has no name on disk once it is made, so nothing of it is left whoever dies.
/// </summary>
internal sealed unsafe class SharedAudio : IDisposable
{
    /// <summary>The most settings that can move in front of one block.</summary>
    public const int MostChanges = 64;

    private const int ChangesAt = 64;
    private const int ChangeBytes = 16;
    private const int SamplesAt = ChangesAt + (MostChanges * ChangeBytes);
    private const int Alignment = 16;

    private readonly FileStream _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _first;
    private readonly int _channels;
    private readonly int _stride;

    private SharedAudio(FileStream file, int channels, int maxFrames)
    {
        _file = file;
        _channels = channels;
        _stride = Stride(maxFrames);
        _map = MemoryMappedFile.CreateFromFile(
            file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor();
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _first);
        _first += _view.PointerOffset;
    }

    /// <summary>The frames of the block.</summary>
    public ref int Frames => ref *(int*)_first;

    /// <summary>How many settings move in front of it.</summary>
    public ref int Changes => ref *(int*)(_first + 4);

    /// <summary>By how much the effect turned the block down at most, in dB.</summary>
    public ref double MostReduction => ref *(double*)(_first + 8);

    /// <summary>The same in the mean.</summary>
    public ref double MeanReduction => ref *(double*)(_first + 16);

    /// <summary>Makes such memory.</summary>
    /// <param name="channels">The block's channels.</param>
    /// <param name="maxFrames">Its frames at most.</param>
    /// <param name="path">Where the worker opens it.</param>
    /// <exception cref="IOException">There is no room, or no folder for it.</exception>
    public static SharedAudio Create(int channels, int maxFrames, out string path)
    {
        string folder = OperatingSystem.IsLinux() && Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        path = Path.Combine(folder, "r3x-audio-" + Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            Options = OperatingSystem.IsLinux() ? FileOptions.None : FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        if (OperatingSystem.IsLinux())
        {
            // The other side opens it through this process.
            File.Delete(path);
            path = string.Create(CultureInfo.InvariantCulture,
                $"/proc/{Environment.ProcessId}/fd/{file.SafeFileHandle.DangerousGetHandle()}");
        }

        file.SetLength(SamplesAt + ((long)channels * Stride(maxFrames) * sizeof(float)));
        return new SharedAudio(file, channels, maxFrames);
    }

    /// <summary>Opens what the host made.</summary>
    /// <param name="path">Where.</param>
    /// <param name="channels">As there.</param>
    /// <param name="maxFrames">The same.</param>
    /// <exception cref="IOException">It is gone.</exception>
    public static SharedAudio Open(string path, int channels, int maxFrames) => new(
        new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0),
        channels, maxFrames);

    /// <summary>The samples of the block.</summary>
    public AudioBlock Block(int frames) => new(
        new Span<float>(_first + SamplesAt, _channels * _stride), _channels, _stride, frames);

    /// <summary>The number of a setting that moves.</summary>
    public ref int ChangeIndex(int at) => ref *(int*)(_first + ChangesAt + (at * ChangeBytes));

    /// <summary>Where it moves to.</summary>
    public ref double ChangeValue(int at) => ref *(double*)(_first + ChangesAt + (at * ChangeBytes) + 8);

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
        _file.Dispose();
    }

    private static int Stride(int frames) => (frames + Alignment - 1) / Alignment * Alignment;
}
