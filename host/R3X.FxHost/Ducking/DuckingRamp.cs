using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Ducking;

/// <summary>
/// The gain of music at every frame of the device: a few fades, each from where the one before it was. A pure function
/// of the frame, so that frames taken back get the same gain again. Loudspeaker's thread; fixed memory.
/// </summary>
/// <param name="options">How far and how fast.</param>
internal sealed class DuckingRamp(DuckingOptions options)
{
    // More than begin within what a device holds.
    private const int MostFades = 16;

    private readonly Fade[] _fades = new Fade[MostFades];
    private int _count;
    private int _fadeFrames;

    /// <summary>Begins anew, with music as it is.</summary>
    /// <param name="format">The device's format.</param>
    public void Restart(AudioFormat format)
    {
        _count = 0;
        _fadeFrames = format.Frames(options.FadeMilliseconds);
    }

    /// <summary>Begins a fade; later ones are forgotten.</summary>
    /// <param name="frame">Its first frame.</param>
    /// <param name="isDucked">Whether it goes down.</param>
    public void Begin(long frame, bool isDucked)
    {
        TakeBack(frame - 1);
        double to = isDucked ? options.TargetDb : 0;
        if ((_count == 0 ? 0 : _fades[_count - 1].ToDb) == to)
            return;
        double from = DbAt(frame);
        if (_count == MostFades)
            Array.Copy(_fades, 1, _fades, 0, --_count);
        _fades[_count++] = new Fade(frame, from, to);
    }

    /// <summary>Forgets fades that begin behind a frame.</summary>
    public void TakeBack(long frame)
    {
        while (_count > 0 && _fades[_count - 1].Start > frame)
            _count--;
    }

    /// <summary>The gain at a frame, in dB.</summary>
    public double DbAt(long frame)
    {
        int at = _count - 1;
        while (at >= 0 && _fades[at].Start > frame)
            at--;
        return at < 0 ? 0 : _fades[at].DbAt(frame, _fadeFrames);
    }

    /// <summary>Applies the gain in place.</summary>
    /// <param name="frame">The block's first frame.</param>
    /// <param name="music">The music.</param>
    public void Apply(long frame, AudioBlock music)
    {
        if (_count == 0 || (IsStill(frame) && _fades[_count - 1].ToDb == 0))
            return;
        float still = IsStill(frame) ? Gain(_fades[_count - 1].ToDb) : 0;
        for (int i = 0; i < music.Frames; i++)
        {
            float gain = still != 0 ? still : Gain(DbAt(frame + i));
            for (int channel = 0; channel < music.Channels; channel++)
                music[channel][i] *= gain;
        }
    }

    private bool IsStill(long frame) => frame >= _fades[_count - 1].Start + _fadeFrames;

    private static float Gain(double db) => (float)Math.Pow(10, db / 20);

    private readonly record struct Fade(long Start, double FromDb, double ToDb)
    {
        public double DbAt(long frame, int frames) =>
            frame >= Start + frames ? ToDb : FromDb + ((ToDb - FromDb) * (frame - Start) / frames);
    }
}
