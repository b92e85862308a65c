using System;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Sinks;

/// <summary>
/// Leaves frames of a stream out, or repeats the last 10 ms of it, without a click: what was to come fades over into
/// what comes in its place. One thread.
/// </summary>
internal sealed class Splice
{
    /// <summary>The length of a fade, and of what is repeated.</summary>
    public const double FadeMilliseconds = 10;

    private readonly AudioBuffer _kept;
    private readonly AudioBuffer _out;
    private readonly FrameRing _last;
    private readonly int _fade;
    private long _given;
    private int _skip;
    private bool _repeats;
    private int _done;

    /// <param name="format">The stream's format.</param>
    /// <param name="mostFrames">The largest block.</param>
    public Splice(AudioFormat format, int mostFrames)
    {
        _fade = format.Frames(FadeMilliseconds);
        _kept = new AudioBuffer(format.Channels, _fade);
        _last = new FrameRing(format, _fade);
        _out = new AudioBuffer(format.Channels, mostFrames + _fade);
    }

    /// <summary>Whether one is under way.</summary>
    public bool IsBusy => _skip > 0 || _repeats;

    /// <summary>What the last <see cref="Pass"/> gave.</summary>
    public AudioBuffer Out => _out;

    /// <summary>Begins one, unless one is under way.</summary>
    /// <param name="frames">How many frames to leave out, at least a fade of them; less than 0 repeats one
    /// fade.</param>
    public void Begin(int frames)
    {
        if (IsBusy)
            return;
        _done = 0;
        _skip = Math.Max(frames, frames > 0 ? _fade : 0);
        _repeats = frames < 0 && _given >= _fade;
    }

    /// <summary>Notes frames that went their way while none was under way.</summary>
    public void Remember(AudioBlock block)
    {
        for (int at = 0; at < block.Frames; at += _fade)
        {
            AudioBlock part = block.Slice(at, Math.Min(_fade, block.Frames - at));
            _last.Write(_given, part);
            _given += part.Frames;
        }
    }

    /// <summary>Takes the next frames.</summary>
    /// <param name="block">The frames; they may be changed.</param>
    /// <returns>How many frames of <see cref="Out"/> come in their place.</returns>
    public int Pass(AudioBlock block)
    {
        int taken = 0;
        int given = 0;
        while (taken < block.Frames)
        {
            AudioBlock rest = block.Slice(taken, block.Frames - taken);
            taken += _skip > 0 ? Skip(rest, ref given) : _repeats ? Repeat(rest, ref given) : Give(rest, ref given);
        }

        return given;
    }

    // What was to come is kept as far as the fade goes, what lies behind is forgotten, and what follows fades in.
    private int Skip(AudioBlock block, ref int given)
    {
        bool fades = _done >= _skip;
        int end = fades ? _skip + _fade : _done < _fade ? _fade : _skip;
        AudioBlock part = block.Slice(0, Math.Min(block.Frames, end - _done));
        if (fades)
            Fade(_kept.Block(_done - _skip, part.Frames), part, _done - _skip);
        else if (_done < _fade)
            part.CopyTo(_kept.Block(_done, part.Frames));
        _done += part.Frames;
        if (fades)
            Give(part, ref given);
        if (_done == _skip + _fade)
            _skip = 0;
        return part.Frames;
    }

    // What comes fades over into what was given last, behind which it comes once more.
    private int Repeat(AudioBlock block, ref int given)
    {
        AudioBlock part = block.Slice(0, Math.Min(block.Frames, _fade - _done));
        AudioBlock kept = _kept.Block(_done, part.Frames);
        part.CopyTo(kept);
        _last.Read(_given - _fade, part);
        Fade(kept, part, _done);
        _done += part.Frames;
        // The ring then still holds, a fade back, what was given last before this began.
        Give(part, ref given);
        if (_done == _fade)
        {
            Give(_kept.Block(_fade), ref given);
            _repeats = false;
        }

        return part.Frames;
    }

    private int Give(AudioBlock block, ref int given)
    {
        block.CopyTo(_out.Block(given, block.Frames));
        given += block.Frames;
        Remember(block);
        return block.Frames;
    }

    private void Fade(AudioBlock from, AudioBlock into, int done)
    {
        for (int i = 0; i < into.Frames; i++)
        {
            // Half a cosine: flat at both ends.
            float gain = (float)(0.5 - (0.5 * Math.Cos(Math.PI * (done + i + 1) / _fade)));
            for (int channel = 0; channel < into.Channels; channel++)
                into[channel][i] = from[channel][i] + (gain * (into[channel][i] - from[channel][i]));
        }
    }
}
