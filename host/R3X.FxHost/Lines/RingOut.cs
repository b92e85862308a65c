using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Lines;

/// <summary>
/// Finds where a line's tail has died away: holds frames back while they are below -80 dBFS and lets them go when a
/// louder one follows.
/// </summary>
internal sealed class RingOut(AudioFormat format)
{
    /// <summary>-80 dBFS.</summary>
    public const float Inaudible = 1e-4f;

    private AudioBuffer _held = new(format.Channels, ChunkFrames);
    private int _frames;

    private const int ChunkFrames = 4096;

    /// <summary>The frames held back and let go by the last <see cref="Add"/>.</summary>
    public AudioBuffer Audible => _held;

    /// <summary>Takes a block of the tail.</summary>
    /// <returns>How many frames of <see cref="Audible"/> are to be heard now; call <see cref="Release"/> after using
    /// them.</returns>
    public int Add(AudioBlock block)
    {
        if (_frames + block.Frames > _held.Frames)
            Grow(_frames + block.Frames);
        block.CopyTo(_held.Block(_frames, block.Frames));
        int audible = LastAudibleFrame(block);
        int count = audible < 0 ? 0 : _frames + audible + 1;
        _frames += block.Frames;
        return count;
    }

    /// <summary>Forgets frames that were used.</summary>
    public void Release(int frames)
    {
        if (frames == 0)
            return;
        for (int channel = 0; channel < _held.Channels; channel++)
            _held[channel][frames.._frames].CopyTo(_held[channel]);
        _frames -= frames;
    }

    private static int LastAudibleFrame(AudioBlock block)
    {
        int last = -1;
        for (int channel = 0; channel < block.Channels; channel++)
            last = Math.Max(last, block[channel].LastIndexOfAnyExceptInRange(-Inaudible, Inaudible));
        return last;
    }

    private void Grow(int frames)
    {
        var larger = new AudioBuffer(_held.Channels, frames * 2);
        _held.Block(_frames).CopyTo(larger.Block(_frames));
        _held = larger;
    }
}
