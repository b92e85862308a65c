using System;
using System.IO;
using System.Runtime.InteropServices;
using R3X.FxHost.Formats;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Encoding;

/// <summary>An encoder of libmp3lame (lame.h, 3.98 and later).</summary>
internal sealed unsafe partial class Lame : SafeHandle
{
    private const string Library = NativeCodec.LameLibrary;
    private const int JointStereo = 1;
    private const int Mono = 3;

    private Lame(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    /// <summary>By how many frames the encoder is late; a decoder is by 529 more.</summary>
    public int Delay => GetEncoderDelay(this);

    /// <summary>What it multiplies samples by before it encodes them, which depends on the bit rate.</summary>
    public float Scale => GetScale(this);

    /// <summary>Opens an encoder at a constant bit rate, the nearest there is. Each of its frames is whole: nothing of
    /// it is kept for the next.</summary>
    /// <param name="format">A rate MPEG has, mono or stereo.</param>
    /// <param name="kilobits">Bit rate in kbit/s.</param>
    /// <param name="hasTag">Whether a frame in front is to keep room for the tag that <see cref="ReadTag"/>
    /// gives.</param>
    /// <exception cref="NotSupportedException">The library takes no such format.</exception>
    public static Lame Open(AudioFormat format, int kilobits, bool hasTag)
    {
        var lame = new Lame(Initialize());
        if (lame.IsInvalid || !lame.Begin(format, kilobits, hasTag))
        {
            lame.Dispose();
            throw new NotSupportedException(
                $"libmp3lame takes no {format} at {kilobits} kbit/s. Install it anew: {NativeCodec.Lame.Install}.");
        }

        return lame;
    }

    /// <summary>Encodes samples.</summary>
    /// <param name="left">Samples.</param>
    /// <param name="right">As many; of mono, the same.</param>
    /// <param name="target">Room for five quarters as many bytes and 7,200.</param>
    /// <returns>Bytes written: the frames that are complete.</returns>
    public int Encode(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<byte> target)
    {
        fixed (float* l = left, r = right)
        {
            fixed (byte* bytes = target)
                return Checked(EncodeBuffer(this, l, r, left.Length, bytes, target.Length));
        }
    }

    /// <summary>Encodes what is held back, and silence to the last frame's end.</summary>
    /// <param name="target">Room for 7,200 bytes.</param>
    public int Flush(Span<byte> target)
    {
        fixed (byte* bytes = target)
            return Checked(EncodeFlush(this, bytes, target.Length));
    }

    /// <summary>The frame that tells how much silence is in front of the line and behind it, to be written over the
    /// first.</summary>
    /// <param name="target">Room for a frame.</param>
    public int ReadTag(Span<byte> target)
    {
        fixed (byte* bytes = target)
            return (int)GetTagFrame(this, bytes, (nuint)target.Length);
    }

    protected override bool ReleaseHandle() => Close(handle) == 0;

    private static int Checked(int bytes) => bytes >= 0 ? bytes
        : throw new IOException($"libmp3lame does not encode (its error {bytes}). Write WAV instead.");

    private bool Begin(AudioFormat format, int kilobits, bool hasTag)
    {
        _ = SetInputRate(this, format.SampleRate);
        _ = SetOutputRate(this, format.SampleRate);
        _ = SetChannels(this, format.Channels);
        _ = SetMode(this, format.Channels == 1 ? Mono : JointStereo);
        _ = SetBitRate(this, kilobits);
        _ = SetWritesTag(this, hasTag ? 1 : 0);
        _ = DisableReservoir(this, 1);
        return InitializeParameters(this) >= 0;
    }

    [LibraryImport(Library, EntryPoint = "lame_init")]
    private static partial nint Initialize();

    [LibraryImport(Library, EntryPoint = "lame_close")]
    private static partial int Close(nint handle);

    [LibraryImport(Library, EntryPoint = "lame_set_in_samplerate")]
    private static partial int SetInputRate(Lame handle, int rate);

    [LibraryImport(Library, EntryPoint = "lame_set_out_samplerate")]
    private static partial int SetOutputRate(Lame handle, int rate);

    [LibraryImport(Library, EntryPoint = "lame_set_num_channels")]
    private static partial int SetChannels(Lame handle, int channels);

    [LibraryImport(Library, EntryPoint = "lame_set_mode")]
    private static partial int SetMode(Lame handle, int mode);

    [LibraryImport(Library, EntryPoint = "lame_set_brate")]
    private static partial int SetBitRate(Lame handle, int kilobits);

    [LibraryImport(Library, EntryPoint = "lame_set_bWriteVbrTag")]
    private static partial int SetWritesTag(Lame handle, int writes);

    [LibraryImport(Library, EntryPoint = "lame_set_disable_reservoir")]
    private static partial int DisableReservoir(Lame handle, int disables);

    [LibraryImport(Library, EntryPoint = "lame_init_params")]
    private static partial int InitializeParameters(Lame handle);

    [LibraryImport(Library, EntryPoint = "lame_get_encoder_delay")]
    private static partial int GetEncoderDelay(Lame handle);

    [LibraryImport(Library, EntryPoint = "lame_get_scale")]
    private static partial float GetScale(Lame handle);

    [LibraryImport(Library, EntryPoint = "lame_encode_buffer_ieee_float")]
    private static partial int EncodeBuffer(
        Lame handle, float* left, float* right, int frames, byte* target, int targetBytes);

    [LibraryImport(Library, EntryPoint = "lame_encode_flush")]
    private static partial int EncodeFlush(Lame handle, byte* target, int targetBytes);

    [LibraryImport(Library, EntryPoint = "lame_get_lametag_frame")]
    private static partial nuint GetTagFrame(Lame handle, byte* target, nuint targetBytes);
}
