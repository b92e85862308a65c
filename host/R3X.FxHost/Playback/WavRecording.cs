using System;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.InteropServices;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>A WAV file of 32-bit float samples that can be read at any time: its sizes are brought up to date at every pause.</summary>
internal sealed class WavRecording : IDisposable
{
    private const int HeaderBytes = 56;

    private readonly FileStream _file;
    private readonly AudioFormat _format;
    private byte[] _bytes = [];
    private long _frames;

    /// <summary>Creates the file, or empties it.</summary>
    /// <param name="path">Where.</param>
    /// <param name="format">The format of the samples to come.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public WavRecording(string path, AudioFormat format)
    {
        _format = format;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 65_536);
        WriteHeader();
    }

    /// <summary>Appends frames.</summary>
    /// <param name="frames">Interleaved samples.</param>
    public void Append(ReadOnlySpan<float> frames)
    {
        _frames += frames.Length / _format.Channels;
        if (BitConverter.IsLittleEndian)
        {
            _file.Write(MemoryMarshal.AsBytes(frames));
            return;
        }

        if (_bytes.Length < frames.Length * sizeof(float))
            _bytes = new byte[frames.Length * sizeof(float)];
        for (int i = 0; i < frames.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(_bytes.AsSpan(i * sizeof(float)), frames[i]);
        _file.Write(_bytes.AsSpan(0, frames.Length * sizeof(float)));
    }

    /// <summary>Makes the file complete as it stands.</summary>
    public void Save()
    {
        WriteHeader();
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

    // RIFF/WAVE, format 3 (IEEE float) with the fact chunk that formats other than PCM need.
    private void WriteHeader()
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        int frameBytes = _format.Channels * sizeof(float);
        uint data = Size(_frames * frameBytes);
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Size(data + (long)HeaderBytes - 8));
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 3);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], (short)_format.Channels);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], _format.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], _format.SampleRate * frameBytes);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], (short)frameBytes);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 32);
        "fact"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[44..], Size(_frames));
        "data"u8.CopyTo(header[48..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[52..], data);
        _file.Position = 0;
        _file.Write(header);
    }

    private static uint Size(long bytes) => (uint)Math.Min(bytes, uint.MaxValue);
}
