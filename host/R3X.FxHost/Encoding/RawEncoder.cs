using System.IO;
using R3X.FxHost.Formats;
using R3X.FxHost.Resampling;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Encoding;

/// <summary>Headerless samples, written as they come.</summary>
internal sealed class RawEncoder(Stream stream, AudioFormat format, SampleCoding coding, int channels, ulong ditherSeed)
    : IEncoder
{
    private readonly SampleBytes _bytes = new(coding, channels, ditherSeed, format.SampleRate);

    public AudioFormat Format => format;

    public string? Warning => _bytes.HasCancelled ? MonoFold.Warning : null;

    public void Write(AudioBlock block)
    {
        for (int start = 0; start < block.Frames;)
        {
            stream.Write(_bytes.Convert(block.Slice(start, block.Frames - start), out int frames));
            start += frames;
        }
    }

    public void Complete() => stream.Flush();

    public void Dispose()
    {
    }
}
