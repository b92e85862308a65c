using System;
using NLayer;

namespace R3X.FxHost.Decoding;

/// <summary>
/// NLayer, frame by frame: managed, so there on every machine. Never its MpegFile, which needs a stream that knows its
/// position and locks onto junk.
/// </summary>
internal sealed class NLayerDecoder : IMpegFrameDecoder
{
    private readonly MpegFrameDecoder _decoder = new();
    private readonly Frame _frame = new();

    /// <summary>Whether it decodes a stream: at 8 kHz (MPEG-2.5), what NLayer 3.0.1 gives is noise.</summary>
    public static bool CanDecode(MpegHeader header) => header.SampleRate > 8_000;

    public int Decode(ReadOnlySpan<byte> frame, Span<float> samples)
    {
        _frame.Begin(frame);
        try
        {
            return _decoder.DecodeFrame(_frame, samples);
        }
#pragma warning disable CA1031 // On damaged input it throws whatever its tables are left by.
        catch (Exception)
#pragma warning restore CA1031
        {
            _decoder.Reset();
            return -1;
        }
    }

    public void Dispose()
    {
    }

    private sealed class Frame : IMpegFrame
    {
        private readonly byte[] _bytes = new byte[2_048];
        private MpegHeader _header;
        private int _bit;

        public int SampleRate => _header.SampleRate;

        public int SampleRateIndex => (_bytes[2] >> 2) & 3;

        public int FrameLength { get; private set; }

        // Layer II chooses its table by it.
        public int BitRate => _header.BitsPerSecond;

        public MpegVersion Version => _header.IsMpeg1 ? MpegVersion.Version1
            : (_bytes[1] & 0x10) != 0 ? MpegVersion.Version2 : MpegVersion.Version25;

        public MpegLayer Layer => (MpegLayer)_header.Layer;

        public MpegChannelMode ChannelMode => (MpegChannelMode)(_bytes[3] >> 6);

        public int ChannelModeExtension => (_bytes[3] >> 4) & 3;

        public int SampleCount => _header.Samples;

        public int BitRateIndex => _bytes[2] >> 4;

        public bool IsCopyrighted => (_bytes[3] & 8) != 0;

        public bool HasCrc => (_bytes[1] & 1) == 0;

        public bool IsCorrupted => false;

        public void Begin(ReadOnlySpan<byte> frame)
        {
            frame.CopyTo(_bytes);
            FrameLength = frame.Length;
            _ = MpegHeader.TryParse(frame, out _header);
            Reset();
        }

        // Behind the header and, where there is one, the checksum.
        public void Reset() => _bit = HasCrc ? 48 : 32;

        /// <summary>Up to 31 bits; -1 behind the frame's end.</summary>
        public int ReadBits(int bitCount)
        {
            if (_bit + bitCount > FrameLength * 8)
                return -1;
            int value = 0;
            while (bitCount > 0)
            {
                int left = 8 - (_bit & 7);
                int taken = Math.Min(left, bitCount);
                value = (value << taken) | ((_bytes[_bit >> 3] >> (left - taken)) & ((1 << taken) - 1));
                _bit += taken;
                bitCount -= taken;
            }

            return value;
        }
    }
}
