using System;
using System.IO;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>
/// A WAV file of 32-bit float samples that can be read at any time: its sizes are brought up to date at every pause.
/// </summary>
internal sealed class WavRecording : IDisposable
{
    private readonly FileStream _file;
    private readonly WavHead _head;
    private byte[] _bytes = [];
    private long _soundBytes;

    /// <summary>Creates the file, or empties it.</summary>
    /// <param name="path">Where.</param>
    /// <param name="format">The format of the samples to come.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public WavRecording(string path, AudioFormat format)
    {
        _head = new WavHead(format, SampleCoding.Float32);
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 65_536);
        _head.Write(_file, 0);
    }

    /// <summary>Appends frames.</summary>
    /// <param name="frames">Interleaved samples.</param>
    public void Append(ReadOnlySpan<float> frames)
    {
        int bytes = frames.Length * sizeof(float);
        if (_bytes.Length < bytes)
            _bytes = new byte[bytes];
        Samples.Write(SampleCoding.Float32, frames, _bytes, sizeof(float));
        _file.Write(_bytes, 0, bytes);
        _soundBytes += bytes;
    }

    /// <summary>Makes the file complete as it stands.</summary>
    public void Save()
    {
        _file.Position = 0;
        _head.Write(_file, _soundBytes);
        _file.Position = _file.Length;
        _file.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Save();
        }
        finally
        {
            _file.Dispose();
        }
    }
}
