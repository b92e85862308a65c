using System;
using System.Runtime.InteropServices;
using R3X.FxHost.Formats;

namespace R3X.FxHost.Decoding;

/// <summary>libmpg123, frame by frame through its feed interface: where it is installed, five times as fast as
/// NLayer.</summary>
internal sealed class Mpg123Decoder : SafeHandle, IMpegFrameDecoder
{
    private Mpg123Decoder(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    /// <summary>
    /// Whether it decodes a stream as other decoders do: at 24 kHz, libmpg123 1.31.2 gives layer III up to 25 dB below
    /// full scale away from what ffmpeg and NLayer agree on within 120 dB. Which versions do is not known.
    /// </summary>
    public static bool CanDecode(MpegHeader header) => header is not { SampleRate: 24_000, Layer: 3 };

    /// <summary>A decoder to 32-bit float at the stream's own rate.</summary>
    /// <exception cref="UnreadableAudioException">The library cannot decode.</exception>
    public static Mpg123Decoder Open()
    {
        var opened = new Mpg123Decoder(Mpg123.New(0, out int error));
        if (opened.IsInvalid)
            throw new UnreadableAudioException(
                $"libmpg123 gave no decoder (its error {error}). Install it anew: {NativeCodec.Mpg123.Install}.");
        int flags = Mpg123.ForceFloat | Mpg123.Quiet | Mpg123.NoReadAhead;
        if (Mpg123.SetParameter(opened, Mpg123.AddFlags, new CLong(flags), 0) != Mpg123.Ok
            || Mpg123.OpenFeed(opened) != Mpg123.Ok)
        {
            opened.Dispose();
            throw new UnreadableAudioException(
                "libmpg123 refused to decode to 32-bit float. Install a build of it with float output.");
        }

        return opened;
    }

    public unsafe int Decode(ReadOnlySpan<byte> frame, Span<float> samples)
    {
        int written = 0;
        int status;
        do
        {
            nuint done;
            fixed (byte* bytes = frame)
            {
                fixed (float* target = samples[written..])
                    status = Mpg123.Decode(this, bytes, (nuint)frame.Length, (byte*)target,
                        (nuint)((samples.Length - written) * sizeof(float)), out done);
            }

            // Samples come with every status, "need more" above all.
            written += (int)done / sizeof(float);
            frame = default;
        }
        while (status == Mpg123.NewFormat && written < samples.Length);
        if (status is Mpg123.Ok or Mpg123.NeedMore)
            return written;
        // What it kept of the damaged frame would be in front of the next.
        Mpg123.OpenFeed(this);
        return -1;
    }

    protected override bool ReleaseHandle()
    {
        Mpg123.Delete(handle);
        return true;
    }
}
