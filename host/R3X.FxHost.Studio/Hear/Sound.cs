using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Localization;
using R3X.FxHost.Auditioning;
using R3X.FxHost.Decoding;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;
using R3X.FxHost.Studio.Drafts;

namespace R3X.FxHost.Studio.Hear;

/// <summary>
/// What one page hears: a line through the preset that is open, which it follows while it is edited. Any thread.
/// </summary>
public sealed class Sound : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    private readonly FxHost _host;
    private readonly PageState _page;
    private readonly SoundStore _sounds;
    private readonly IStringLocalizer<Texts> _texts;
    private readonly SemaphoreSlim _taking = new(1);
    private readonly Lock _gate = new();
    private readonly Timer _look;
    private IEffectCatalogue _effects;
    private Preset? _saved;
    private Preset? _edited;
    private int _faults;
    private int _feeds;
    private bool _isGone;

    /// <summary>Makes a page's sound; it has no line before <see cref="UseBundledAsync"/>.</summary>
    /// <param name="host">Whose effects and loudspeaker.</param>
    /// <param name="page">Which preset is open.</param>
    /// <param name="sounds">Where the page's audio finds it.</param>
    /// <param name="texts">Words for what goes wrong.</param>
    public Sound(FxHost host, PageState page, SoundStore sounds, IStringLocalizer<Texts> texts)
    {
        (_host, _page, _sounds, _texts) = (host, page, sounds, texts);
        _effects = host.Effects.Snapshot;
        sounds.Add(this);
        page.Changed += Follow;
        _look = new Timer(_ => Look(), null, LookInterval, LookInterval);
        (_saved, _edited) = Read();
    }

    /// <summary>What the page's audio is asked for by. Not to be guessed.</summary>
    public string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The line's name; null for the bundled one.</summary>
    public string? LineName { get; private set; }

    /// <summary>The line through its chains; null until there is one. Another one with every line.</summary>
    public Audition? Audition { get; private set; }

    /// <summary>Where it is heard.</summary>
    public SoundOutput Output { get; set; }

    /// <summary>Whether it is heard.</summary>
    public bool IsPlaying => Volatile.Read(ref _feeds) > 0;

    /// <summary>What went wrong last, a sentence; null for nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>What of the line is heard.</summary>
    public AuditionSource Heard { get; private set; } = AuditionSource.Edited;

    /// <summary>What was heard before that.</summary>
    public AuditionSource HeardBefore { get; private set; } = AuditionSource.Saved;

    /// <summary>How loud it is heard, in dB, 0 at most.</summary>
    public double VolumeDb { get; private set; }

    /// <summary>What the edited preset does to the whole line; null until it is measured.</summary>
    public Verdict? Verdict => Audition?.Verdict;

    /// <summary>What effects did wrong, each a whole sentence.</summary>
    public IReadOnlyList<string> Faults => Audition?.Faults ?? [];

    /// <summary>Something of this changed. Any thread.</summary>
    public event Action? Changed;

    /// <summary>Has another source heard.</summary>
    /// <param name="source">Which.</param>
    public void Hear(AuditionSource source)
    {
        if (source != Heard)
            (Heard, HeardBefore) = (source, Heard);
        if (Audition is { } audition)
            audition.Heard = source;
        Changed?.Invoke();
    }

    /// <summary>Changes the volume.</summary>
    /// <param name="decibels">In dB, 0 at most.</param>
    public void SetVolume(double decibels)
    {
        VolumeDb = Math.Clamp(decibels, -60, 0);
        if (Audition is { } audition)
            audition.VolumeDb = VolumeDb;
        Changed?.Invoke();
    }

    /// <summary>Takes the bundled line.</summary>
    public Task<bool> UseBundledAsync() => UseAsync(BundledLine.Open(), null);

    /// <summary>Takes a line in place of the one that is heard.</summary>
    /// <param name="audio">The line.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>Whether it was taken; <see cref="Problem"/> says why not.</returns>
    public async Task<bool> UseAsync(SpeechAudio audio, string? name, CancellationToken cancellation = default)
    {
        await _taking.WaitAsync(cancellation);
        try
        {
            (Preset? saved, Preset? edited) = (_saved, _edited);
            Audition audition = await _host.AuditionAsync(audio, saved, edited, cancellation);
            Take(audition, name);
            return true;
        }
        catch (Exception e) when (e is UnreadableAudioException or IOException)
        {
            Tell(_texts["Hear.CannotRead", name ?? "", e.Message]);
            return false;
        }
        finally
        {
            lock (_gate)
            {
                if (!_isGone)
                    _taking.Release();
            }
        }
    }

    /// <summary>Says what went wrong.</summary>
    /// <param name="problem">A sentence; null for nothing any more.</param>
    public void Tell(string? problem)
    {
        Problem = problem;
        if (problem is not null)
            _page.Announce(problem);
        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _look.Dispose();
        _page.Changed -= Follow;
        _sounds.Remove(this);
        _sounds.LeaveLoudspeaker(this);
        lock (_gate)
        {
            _isGone = true;
            _taking.Dispose();
        }

        Audition?.Dispose();
    }

    internal FxHost Host => _host;

    /// <summary>Says that it begins to be heard.</summary>
    /// <returns>Whether it may be.</returns>
    internal bool Begin(SoundOutput output)
    {
        if (output == SoundOutput.Loudspeaker && !_sounds.TakeLoudspeaker(this))
        {
            Tell(_texts["Hear.LoudspeakerTaken"]);
            return false;
        }

        Interlocked.Increment(ref _feeds);
        Tell(null);
        return true;
    }

    /// <summary>Says that it is not heard any more.</summary>
    internal void End()
    {
        // Where it plays anew, the next one has begun by now.
        if (Interlocked.Decrement(ref _feeds) == 0)
            _sounds.LeaveLoudspeaker(this);
        Changed?.Invoke();
    }

    private void Take(Audition audition, string? name)
    {
        Audition? before = Audition;
        audition.Heard = Heard;
        audition.VolumeDb = VolumeDb;
        audition.Changed += Notify;
        lock (_gate)
        {
            if (_isGone)
            {
                audition.Dispose();
                return;
            }

            (Audition, LineName, Problem) = (audition, name, null);
            // The preset may have been edited while the line was measured.
            audition.Offer(AuditionSource.Saved, _saved);
            audition.Offer(AuditionSource.Edited, _edited);
        }

        before?.Dispose();
        Changed?.Invoke();
    }

    private void Notify() => Changed?.Invoke();

    private (Preset? Saved, Preset? Edited) Read() => _page.Draft is { } draft
        ? (draft.Saved.Preset, draft.Reading.Preset ?? draft.Saved.Preset) : (null, null);

    // Of a text with errors the last good one stays.
    private void Follow()
    {
        if (_page.Draft is { } draft)
            Offer(draft.Saved.Preset, draft.Reading.Preset);
    }

    private void Offer(Preset? saved, Preset? edited)
    {
        lock (_gate)
        {
            if (saved is not null && !ReferenceEquals(saved, _saved))
            {
                _saved = saved;
                Audition?.Offer(AuditionSource.Saved, saved);
            }

            if (edited is not null && !ReferenceEquals(edited, _edited))
            {
                _edited = edited;
                Audition?.Offer(AuditionSource.Edited, edited);
            }
        }
    }

    // Effects that were replaced are heard at once, and what they do wrong is shown.
    private void Look()
    {
        if (_effects != _host.Effects.Snapshot && _page.Draft is Draft draft)
        {
            _effects = _host.Effects.Snapshot;
            string file = Path.GetFileName(draft.File);
            Offer(_host.Presets.Read(draft.SavedText, file).Preset, _host.Presets.Read(draft.Text, file).Preset);
        }

        if (Faults.Count is var faults && faults != _faults)
        {
            _faults = faults;
            Changed?.Invoke();
        }
    }
}
