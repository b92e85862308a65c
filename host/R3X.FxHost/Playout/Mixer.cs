using System;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playout;

/// <summary>
/// The lines that sound at one moment: one that speaks and, under it, the tails of those before it. At most three tails
/// ring on; a fourth sends the oldest away within 10 ms. Memory is fixed. Loudspeaker's thread.
/// </summary>
/// <param name="format">The device's format.</param>
internal sealed class Mixer(AudioFormat format)
{
    /// <summary>How many tails ring on under a line.</summary>
    public const int MostTails = 3;

    /// <summary>The largest block.</summary>
    public const int MostFrames = IOutputDevice.MostFrames;

    // The one that speaks, the tails, and two on their way out.
    private readonly Track[] _lines = new Track[1 + MostTails + 2];
    private readonly AudioBuffer _scratch = new(format.Channels, MostFrames);
    private readonly MixLimiter _ceiling = new(format.SampleRate);
    private Track? _speaking;
    private int _count;

    /// <summary>The format of everything in it.</summary>
    public AudioFormat Format => format;

    /// <summary>Whether nothing sounds.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Whether the next line may begin: none speaks, and there is room.</summary>
    public bool CanBegin => _speaking is null && _count < _lines.Length;

    /// <summary>The line that speaks; null while there are at most tails.</summary>
    public Track? Speaking => _speaking;

    /// <summary>A line that is to end and does not do so yet; null when there is none.</summary>
    public Track? Cancelled
    {
        get
        {
            for (int i = 0; i < _count; i++)
            {
                if (_lines[i].IsCancelled && !_lines[i].IsLeaving)
                    return _lines[i];
            }

            return null;
        }
    }

    /// <summary>Whether a line sounds in what was mixed last, and not only the pause in front of one.</summary>
    public bool HasVoice { get; private set; }

    /// <summary>Begins a line; it has a ring in the device's format.</summary>
    public void Begin(Track line)
    {
        _speaking = line;
        _lines[_count++] = line;
    }

    /// <summary>Sees whether the line that speaks has come to its tail. Before every <see cref="Fill"/>.</summary>
    /// <returns>The line that has; null when none has.</returns>
    public Track? Settle()
    {
        if (_speaking is not { } line || (!line.IsLeaving && line.Ring!.FramesToTail > 0))
            return null;
        _speaking = null;
        LetOldestTailGo();
        return line;
    }

    /// <summary>Takes out a line that has been read to its end; null when there is none.</summary>
    public Track? TakeThrough()
    {
        for (int i = 0; i < _count; i++)
        {
            Track line = _lines[i];
            if (!line.IsThrough)
                continue;
            RemoveAt(i);
            return line;
        }

        return null;
    }

    /// <summary>Takes out any line; null when there is none.</summary>
    public Track? TakeAny()
    {
        if (_count == 0)
            return null;
        Track line = _lines[0];
        RemoveAt(0);
        return line;
    }

    /// <summary>Mixes what comes next, up to where the speaking line becomes a tail.</summary>
    /// <param name="block">Where to, at most <see cref="MostFrames"/>.</param>
    /// <param name="frame">The device's frame the first of them will be.</param>
    /// <param name="withoutLate">Whether to go on without lines that have nothing ready; otherwise they are waited
    /// for.</param>
    /// <param name="timeline">Told of what lies in them; null for nobody.</param>
    /// <returns>Frames mixed; 0 when there is nothing to go on with.</returns>
    public int Fill(AudioBlock block, long frame, bool withoutLate, DeviceTimeline? timeline)
    {
        int frames = block.Frames;
        bool sounds = false;
        HasVoice = false;
        for (int i = 0; i < _count; i++)
        {
            int ahead = _lines[i].Ahead;
            if (ahead == 0 && !withoutLate)
                return 0;
            if (ahead > 0)
                frames = Math.Min(frames, ahead);
            else
                _lines[i].Starve();
            sounds |= ahead > 0;
            HasVoice |= ahead > 0 && !_lines[i].IsPausing;
        }

        if (!sounds)
            return 0;
        if (_speaking is { IsLeaving: false })
            frames = (int)Math.Min(frames, Math.Max(1, _speaking.Ring!.FramesToTail));
        AudioBlock sum = block.Slice(0, frames);
        sum.Clear();
        for (int i = 0; i < _count; i++)
            _lines[i].AddTo(sum, _scratch, frame, timeline);
        _ceiling.Apply(sum, isLouder: _count > 1);
        return frames;
    }

    private void LetOldestTailGo()
    {
        int tails = 0;
        for (int i = _count - 1; i >= 0; i--)
        {
            if (!_lines[i].IsLeaving && ++tails > MostTails)
                _lines[i].Leave();
        }
    }

    private void RemoveAt(int index)
    {
        if (_lines[index] == _speaking)
            _speaking = null;
        _count--;
        Array.Copy(_lines, index + 1, _lines, index, _count - index);
        _lines[_count] = null!;
    }
}
