using System;
using System.Collections.Generic;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Simulation;

/// <summary>A loudspeaker of a <see cref="VirtualSoundServer"/>, and what was heard of its first channel since it was
/// there, frame by frame.</summary>
internal sealed class VirtualSink(VirtualTime time, string name, AudioFormat format)
{
    private readonly List<float> _heard = [];
    private readonly TimeSpan _since = time.Now;
    private TimeSpan _goneAt = TimeSpan.MaxValue;

    public string Name => name;

    public AudioFormat Format => format;

    public bool IsGone => _goneAt != TimeSpan.MaxValue;

    /// <summary>Whether a drain is never answered.</summary>
    public bool DrainsForEver { get; set; }

    /// <summary>Whether it takes sound and plays none.</summary>
    public bool IsSuspended { get; internal set; }

    /// <summary>The frame that sounds now, or did when it was unplugged.</summary>
    public long Position => Frame(_goneAt < time.Now ? _goneAt : time.Now);

    /// <summary>The frame that those take to sound who do not know that it was unplugged.</summary>
    internal long Reckoned => Frame(time.Now);

    /// <summary>What was heard, to this moment.</summary>
    public float[] Heard
    {
        get
        {
            long until = Position;
            float[] heard = new float[until];
            for (int i = 0; i < heard.Length && i < _heard.Count; i++)
                heard[i] = _heard[i];
            return heard;
        }
    }

    /// <summary>The stretches of sound in it, those apart that have so much silence between them.</summary>
    public IReadOnlyList<(long Start, long End)> Stretches(double silenceMilliseconds = 5)
    {
        var stretches = new List<(long Start, long End)>();
        float[] heard = Heard;
        for (int i = 0; i < heard.Length; i++)
        {
            if (heard[i] == 0)
                continue;
            if (stretches.Count > 0 && i - stretches[^1].End < format.Frames(silenceMilliseconds))
                stretches[^1] = (stretches[^1].Start, i + 1);
            else
                stretches.Add((i, i + 1));
        }

        return stretches;
    }

    /// <summary>Takes away what would be heard from a frame on.</summary>
    internal float[] Take(long from, long until)
    {
        float[] taken = _heard.GetRange((int)from, (int)(until - from)).ToArray();
        Cut(from);
        return taken;
    }

    /// <summary>Puts frames where they will be heard, in place of what was there.</summary>
    internal void Put(long at, ReadOnlySpan<float> frames)
    {
        while (_heard.Count < at + frames.Length)
            _heard.Add(0);
        for (int i = 0; i < frames.Length; i++)
            _heard[(int)at + i] = frames[i];
    }

    /// <summary>Nothing is heard from a frame on.</summary>
    internal void Cut(long from)
    {
        for (int i = (int)Math.Max(0, from); i < _heard.Count; i++)
            _heard[i] = 0;
    }

    internal void Unplug()
    {
        Cut(Position);
        _goneAt = time.Now;
    }

    private long Frame(TimeSpan at) => (long)Math.Round((at - _since).TotalSeconds * format.SampleRate);
}
