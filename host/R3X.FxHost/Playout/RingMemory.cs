using System.Collections.Generic;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playout;

/// <summary>
/// Memory of lines that have ended, for those to come: a ring is large, and to make one for every line would keep the
/// garbage collector busy. Any thread; not the audio path.
/// </summary>
internal sealed class RingMemory
{
    private const int MostKept = 8;

    private readonly Lock _gate = new();
    private readonly List<AudioBuffer> _kept = [];

    /// <summary>Memory of a size; what is in it does not matter.</summary>
    public AudioBuffer Take(int channels, int frames)
    {
        lock (_gate)
        {
            int at = _kept.FindIndex(buffer => buffer.Channels == channels && buffer.Frames == frames);
            if (at >= 0)
            {
                AudioBuffer taken = _kept[at];
                _kept.RemoveAt(at);
                return taken;
            }
        }

        return new AudioBuffer(channels, frames);
    }

    /// <summary>Gives memory back that nobody uses any more.</summary>
    public void Return(AudioBuffer buffer)
    {
        lock (_gate)
        {
            if (_kept.Count == MostKept)
                _kept.RemoveAt(0);
            _kept.Add(buffer);
        }
    }
}
