using System;
using System.Buffers.Binary;
using System.IO;
using System.Numerics;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Encoding;

/// <summary>
/// FLAC (RFC 9639), written as it comes: frames of 20 ms with the fixed predictors. Of a voice that is a twentieth more
/// than with ffmpeg's own, at once, and without a process.
/// </summary>
/// <param name="stream">Where the bytes go; where it can seek, the line's length is stated at the end.</param>
/// <param name="format">What the blocks come in.</param>
/// <param name="samples">16 bits, or 24 for anything finer.</param>
/// <param name="ditherSeed">Seed of the dither at 16 bits.</param>
internal sealed class FlacEncoder(Stream stream, AudioFormat format, SampleFormat samples, ulong ditherSeed) : IEncoder
{
    private const int HeadBytes = 42;
    private const int MostOrder = 4;
    private const int MostPartitions = 16;

    private readonly int _bits = samples == SampleFormat.Int16 ? 16 : 24;
    private readonly SampleBytes _bytes = new(
        samples == SampleFormat.Int16 ? SampleCoding.Int16 : SampleCoding.Int24, format.Channels, ditherSeed,
        format.SampleRate);

    // A multiple of what a frame is parted into.
    private readonly int _frameLength = format.SampleRate / 50 / MostPartitions * MostPartitions;
    private readonly int[] _frame = new int[format.SampleRate / 50 * format.Channels];
    private readonly uint[] _residual = new uint[format.SampleRate / 50];
    private readonly byte[] _written = new byte[64 + (format.SampleRate / 50 * format.Channels * 4)];
    private BitWriter? _writer;
    private long _start;
    private int _held;
    private uint _frames;
    private long _total;
    private bool _completed;

    public AudioFormat Format => format;

    private BitWriter Writer => _writer ??= new BitWriter(_written);

    public void Write(AudioBlock block)
    {
        Begin();
        for (int start = 0; start < block.Frames;)
        {
            int room = Math.Min(block.Frames - start, _frameLength - _held);
            Hold(_bytes.Convert(block.Slice(start, room), out int taken));
            start += taken;
            _held += taken;
            if (_held == _frameLength)
                WriteFrame();
        }
    }

    public void Complete()
    {
        if (_completed)
            return;
        _completed = true;
        Begin();
        if (_held > 0)
            WriteFrame();
        if (stream.CanSeek)
        {
            long end = stream.Position;
            stream.Position = _start;
            WriteHead();
            stream.Position = end;
        }

        stream.Flush();
    }

    public void Dispose()
    {
    }

    private void Begin()
    {
        if (_writer is not null)
            return;
        _start = stream.CanSeek ? stream.Position : 0;
        WriteHead();
    }

    private void WriteHead()
    {
        Writer.Clear();
        foreach (byte letter in "fLaC"u8)
            Writer.Write(letter, 8);
        // The one block of metadata, which is the last.
        Writer.Write(0x80, 8);
        Writer.Write(HeadBytes - 8, 24);
        Writer.Write((uint)_frameLength, 16);
        Writer.Write((uint)_frameLength, 16);
        // Bytes of the smallest frame and the largest: unknown.
        Writer.Write(0, 24);
        Writer.Write(0, 24);
        Writer.Write((uint)format.SampleRate, 20);
        Writer.Write((uint)format.Channels - 1, 3);
        Writer.Write((uint)_bits - 1, 5);
        Writer.Write((uint)(_total >> 32), 4);
        Writer.Write((uint)_total, 32);
        // No checksum of the sound.
        for (int word = 0; word < 4; word++)
            Writer.Write(0, 32);
        Writer.Align();
        stream.Write(Writer.Written);
    }

    // The samples of a channel stand in a row.
    private void Hold(ReadOnlySpan<byte> bytes)
    {
        int width = _bits / 8;
        for (int sample = 0; sample * width < bytes.Length; sample++)
        {
            ReadOnlySpan<byte> from = bytes[(sample * width)..];
            int value = width == 2
                ? BinaryPrimitives.ReadInt16LittleEndian(from)
                : BinaryPrimitives.ReadUInt16LittleEndian(from) | ((sbyte)from[2] << 16);
            int channel = sample % format.Channels;
            _frame[(channel * _frameLength) + _held + (sample / format.Channels)] = value;
        }
    }

    private void WriteFrame()
    {
        Writer.Clear();
        Writer.Write(0xFFF8, 16);
        // Its length stands behind its number, its rate in the stream's head.
        Writer.Write(0b0111_0000, 8);
        Writer.Write((((uint)format.Channels - 1) << 4) | (_bits == 16 ? 0b1000u : 0b1100u), 8);
        WriteNumber(_frames++);
        Writer.Write((uint)_held - 1, 16);
        Writer.Align();
        Writer.Write(Checksum(Writer.Written, 0x07, 8), 8);
        for (int channel = 0; channel < format.Channels; channel++)
            WriteChannel(_frame.AsSpan(channel * _frameLength, _held));
        Writer.Align();
        Writer.Write(Checksum(Writer.Written, 0x8005, 16), 16);
        Writer.Align();
        stream.Write(Writer.Written);
        _total += _held;
        _held = 0;
    }

    // As UTF-8 writes a letter, with up to 31 bits.
    private void WriteNumber(uint number)
    {
        if (number < 0x80)
        {
            Writer.Write(number, 8);
            return;
        }

        int following = (32 - BitOperations.LeadingZeroCount(number) - 2) / 5;
        Writer.Write((0xFF00u >> (following + 1)) | (number >> (6 * following)), 8);
        while (following-- > 0)
            Writer.Write(0x80 | ((number >> (6 * following)) & 0x3F), 8);
    }

    private void WriteChannel(ReadOnlySpan<int> sound)
    {
        int order = Predict(sound);
        Span<uint> residual = _residual.AsSpan(0, sound.Length - order);
        // The line's last frame is as long as it comes.
        int partitions = sound.Length == _frameLength ? MostPartitions : 1;
        int length = sound.Length / partitions;
        long bits = (order * _bits) + 6;
        Span<int> parameters = stackalloc int[MostPartitions];
        for (int partition = 0; partition < partitions; partition++)
            bits += 5 + Fit(Partition(residual, partition, length, order), out parameters[partition]);
        if (bits >= (long)sound.Length * _bits)
        {
            Writer.Write(0b000_0010, 8);
            foreach (int sample in sound)
                Writer.Write((uint)sample, _bits);
            return;
        }

        Writer.Write((0b001000u | (uint)order) << 1, 8);
        foreach (int sample in sound[..order])
            Writer.Write((uint)sample, _bits);
        // Rice codes with parameters of five bits.
        Writer.Write(1, 2);
        Writer.Write((uint)BitOperations.Log2((uint)partitions), 4);
        for (int partition = 0; partition < partitions; partition++)
        {
            Writer.Write((uint)parameters[partition], 5);
            foreach (uint value in Partition(residual, partition, length, order))
                Writer.WriteRice(value, parameters[partition]);
        }
    }

    // The first one is shorter by the samples that nothing predicts.
    private static ReadOnlySpan<uint> Partition(ReadOnlySpan<uint> residual, int partition, int length, int order) =>
        partition == 0 ? residual[..(length - order)] : residual.Slice((partition * length) - order, length);

    // Takes the predictor that errs the least.
    private int Predict(ReadOnlySpan<int> sound)
    {
        Span<long> sums = stackalloc long[MostOrder + 1];
        sums.Clear();
        for (int i = MostOrder; i < sound.Length; i++)
        {
            for (int order = 0; order <= MostOrder; order++)
                sums[order] += Math.Abs((long)Error(sound, i, order));
        }

        int best = 0;
        for (int order = 1; order <= MostOrder; order++)
            best = sums[order] < sums[best] ? order : best;
        for (int i = best; i < sound.Length; i++)
        {
            int error = Error(sound, i, best);
            _residual[i - best] = (uint)((error << 1) ^ (error >> 31));
        }

        return best;
    }

    private static int Error(ReadOnlySpan<int> sound, int i, int order) => order switch
    {
        0 => sound[i],
        1 => sound[i] - sound[i - 1],
        2 => sound[i] - (2 * sound[i - 1]) + sound[i - 2],
        3 => sound[i] - (3 * (sound[i - 1] - sound[i - 2])) - sound[i - 3],
        _ => sound[i] - (4 * (sound[i - 1] + sound[i - 3])) + (6 * sound[i - 2]) + sound[i - 4],
    };

    // Bits that a partition takes with the best parameter.
    private static long Fit(ReadOnlySpan<uint> residual, out int parameter)
    {
        long sum = 0;
        foreach (uint value in residual)
            sum += value;
        parameter = residual.IsEmpty ? 0 : Math.Max(0, BitOperations.Log2((ulong)(sum / residual.Length)));
        return ((parameter + 1L) * residual.Length) + (sum >> parameter);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes, uint polynomial, int width)
    {
        uint crc = 0;
        foreach (byte value in bytes)
        {
            crc ^= (uint)value << (width - 8);
            for (int bit = 0; bit < 8; bit++)
                crc = (crc << 1) ^ (((crc >> (width - 1)) & 1) * polynomial);
        }

        return crc & ((1u << width) - 1);
    }
}
