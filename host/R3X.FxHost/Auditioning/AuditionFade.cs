using System;

namespace R3X.FxHost.Auditioning;

/// <summary>How much of each source is heard while one fades into another: half a cosine, and at any moment they add up
/// to 1. The reading thread.</summary>
internal sealed class AuditionFade
{
    private readonly int _frames;
    private readonly double[] _from = new double[3];
    private readonly float[] _shares = new float[3];
    private int _faded;

    /// <param name="frames">How long a fade takes.</param>
    public AuditionFade(int frames) => _frames = _faded = frames;

    /// <summary>What is heard, or comes in.</summary>
    public AuditionSource Heard { get; private set; } = AuditionSource.Edited;

    /// <summary>Whether one is heard alone.</summary>
    public bool IsOver => _faded >= _frames;

    /// <summary>Begins a fade, from what is heard now.</summary>
    public void To(AuditionSource source)
    {
        for (int i = 0; i < _from.Length; i++)
            _from[i] = IsOver ? (i == (int)Heard ? 1 : 0) : _shares[i];
        Heard = source;
        _faded = 0;
    }

    /// <summary>One is heard alone at once.</summary>
    public void JumpTo(AuditionSource source) => (Heard, _faded) = (source, _frames);

    /// <summary>The shares of the next frame, by source.</summary>
    public ReadOnlySpan<float> Next()
    {
        _faded = Math.Min(_frames, _faded + 1);
        double come = 0.5 - (0.5 * Math.Cos(Math.PI * _faded / _frames));
        for (int i = 0; i < _from.Length; i++)
            _shares[i] = (float)(_from[i] + (come * ((i == (int)Heard ? 1 : 0) - _from[i])));
        return _shares;
    }
}
