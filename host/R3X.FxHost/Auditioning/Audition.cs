using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using R3X.FxHost.Chains;
using R3X.FxHost.Lines;
using R3X.FxHost.Presets;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Auditioning;

/// <summary>
/// A line that is heard again and again while its preset is edited: without effects, as the preset is saved, and as it
/// is edited, all three aligned to the sample and equally loud, one of them heard. Another one is faded into within
/// 10 ms, an edited chain within 20 ms, at the same place of the line. One thread reads; all else is any thread's.
/// </summary>
public sealed class Audition : IDisposable
{
    /// <summary>How long one source fades into another, in ms.</summary>
    public const double FadeMilliseconds = 10;

    private const int MetersPerSecond = 30;

    private readonly LoopedLine _line;
    private readonly AuditionVoice[] _voices;
    private readonly AuditionPreparing _preparing;
    private readonly AuditionFade _fade;
    private readonly AuditionMeter _in;
    private readonly AuditionMeter _out;
    private readonly AudioBuffer _plain;
    private readonly int _hop;

    // Nobody waits for it but who lets the chains go while they are read.
    private readonly Lock _reading = new();
    private volatile AuditionSource _wanted = AuditionSource.Edited;
    private double _volumeDb;
    private double _volume = 1;
    private long _frame;
    private int _quiet;
    private int _left;
    private bool _isDisposed;

    private Audition(LoopedLine line, AuditionVoice[] voices, AuditionPreparing preparing)
    {
        (_line, _voices, _preparing) = (line, voices, preparing);
        _fade = new AuditionFade(line.Format.Frames(FadeMilliseconds));
        (_in, _out) = (new AuditionMeter(line.Format), new AuditionMeter(line.Format));
        _plain = new AudioBuffer(line.Format.Channels, ChainSetup.MaxBlockFrames);
        _hop = _left = line.Format.SampleRate / MetersPerSecond;
    }

    /// <summary>The line's rate and channels.</summary>
    public AudioFormat Format => _line.Format;

    /// <summary>How long the line is, without tail and pause.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)_line.Frames.Frames / Format.SampleRate);

    /// <summary>What is heard.</summary>
    public AuditionSource Heard
    {
        get => _wanted;
        set => _wanted = value;
    }

    /// <summary>How loud it is heard, in dB, 0 at most: behind everything else, meters included.</summary>
    public double VolumeDb
    {
        get => Volatile.Read(ref _volumeDb);
        set => Volatile.Write(ref _volumeDb, Math.Min(0, value));
    }

    /// <summary>What the edited preset does to the line; of an earlier state of it until the newest is
    /// measured.</summary>
    public Verdict? Verdict => _preparing.Verdict;

    /// <summary>Whether everything that was offered is heard and measured.</summary>
    public bool IsSettled => _preparing.IsSettled;

    /// <summary>What the effects that are compared did wrong, and what else did not work, each a whole
    /// sentence.</summary>
    public IReadOnlyList<string> Faults => [.. _voices.SelectMany(voice => voice.Choice.Faults)
        .Concat(_preparing.Problem is { } problem ? [problem] : []).Distinct()];

    /// <summary>Told of each thirtieth of a second that is read, on the reading thread. Must not throw or
    /// block.</summary>
    public Action<AuditionMeters>? Metered { get; set; }

    /// <summary>There is another <see cref="Verdict"/>, or other <see cref="Faults"/>. A thread of the pool.</summary>
    public Action? Changed
    {
        get => _preparing.Changed;
        set => _preparing.Changed = value;
    }

    internal static Audition Create(
        LineChains chains, LoopedLine line, Preset? saved, Preset? edited, ulong seed, CancellationToken cancellation)
    {
        var preparing = new AuditionPreparing(chains, line, seed);
        AuditionVoice[] voices = preparing.Begin(saved, edited, cancellation);
        return new Audition(line, voices, preparing);
    }

    /// <summary>
    /// Has a source sound as a preset says, in the middle of the line. The chain is prepared off the audio path; where
    /// another preset is offered before that is done, the latest is the one that counts.
    /// </summary>
    /// <param name="source"><see cref="AuditionSource.Saved"/> or <see cref="AuditionSource.Edited"/>.</param>
    /// <param name="preset">The preset; null for no effects.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dry line has no preset.</exception>
    public void Offer(AuditionSource source, Preset? preset)
    {
        if (source is not (AuditionSource.Saved or AuditionSource.Edited))
            throw new ArgumentOutOfRangeException(nameof(source), source, "The dry line has no preset.");
        _preparing.Offer(source, preset);
    }

    /// <summary>Begins at the line's first frame. The reading thread, before its first frames.</summary>
    /// <exception cref="ObjectDisposedException">The chains were let go.</exception>
    public void Begin()
    {
        lock (_reading)
            BeginHere();
    }

    /// <summary>Gives the next frames; behind the line's tail and half a second, it begins anew. The reading
    /// thread.</summary>
    /// <param name="block">Room for them, any number.</param>
    /// <exception cref="ObjectDisposedException">The chains were let go.</exception>
    public void Read(AudioBlock block)
    {
        lock (_reading)
            ReadHere(block);
    }

    /// <summary>Lets the chains go. Who reads on gets an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        lock (_reading)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
        }

        _preparing.Dispose();
    }

    private void BeginHere()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _frame = 0;
        _fade.JumpTo(_wanted);
        _volume = Gain(VolumeDb);
        foreach (AuditionVoice voice in _voices)
            voice.SettleGain();
        Restart();
    }

    private void ReadHere(AudioBlock block)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        for (int at = 0; at < block.Frames;)
        {
            if (_line.IsRoundOver(_voices[0].Line.Frame, _quiet))
                Restart();
            int frames = Math.Min(Math.Min(block.Frames - at, _left), _plain.Frames);
            AudioBlock part = block.Slice(at, frames);
            long lineFrame = _voices[0].Line.Frame;
            foreach (AuditionVoice voice in _voices)
                voice.Read(frames);
            bool isAudible = _voices.Any(voice => LoopedLine.IsAudible(voice.Out.Block(frames)));
            _quiet = isAudible || lineFrame < _line.Frames.Frames ? 0 : _quiet + frames;
            Mix(part, lineFrame);
            _in.Hear(_voices[0].Out.Block(frames));
            _out.Hear(_plain.Block(frames));
            at += frames;
            _frame += frames;
            _left -= frames;
            if (_left == 0)
                Tell();
        }
    }

    private void Restart()
    {
        foreach (AuditionVoice voice in _voices)
            voice.Line.Restart();
        _in.Restart();
        _out.Restart();
        _quiet = 0;
    }

    private void Mix(AudioBlock block, long lineFrame)
    {
        if (_wanted != _fade.Heard)
            _fade.To(_wanted);
        AudioBlock plain = _plain.Block(block.Frames);
        Span<double> targets = [Gain(_voices[0].GainDb), Gain(_voices[1].GainDb), Gain(_voices[2].GainDb)];
        double volume = Gain(VolumeDb);
        Span<float> gains = stackalloc float[3];
        for (int i = 0; i < block.Frames; i++)
        {
            ReadOnlySpan<float> shares = _fade.Next();
            for (int voice = 0; voice < gains.Length; voice++)
                gains[voice] = _voices[voice].NextGain(targets[voice]);
            _volume += (volume - _volume) * 0.002;
            float level = (float)_volume * _line.EndFade(lineFrame + i);
            for (int channel = 0; channel < block.Channels; channel++)
            {
                float heard = 0;
                float matched = 0;
                for (int voice = 0; voice < gains.Length; voice++)
                {
                    float sample = shares[voice] * _voices[voice].Out[channel][i];
                    heard += sample;
                    matched += gains[voice] * sample;
                }

                plain[channel][i] = heard;
                block[channel][i] = level * matched;
            }
        }
    }

    private void Tell()
    {
        _left = _hop;
        if (Metered is not { } metered)
            return;
        var steps = new Dictionary<string, double>();
        var settings = new Dictionary<string, double>();
        AuditionVoice heard = _voices[(int)_fade.Heard];
        heard.Line.Sounding.Read(steps, settings);
        metered(new AuditionMeters(
            _frame, (double)_voices[0].Line.Frame / Format.SampleRate, _fade.Heard, _in.Take(), _out.Take(),
            heard.GainDb, steps, settings, _in.Spectrum(), _out.Spectrum()));
    }

    private static double Gain(double decibels) => Math.Pow(10, decibels / 20);
}
