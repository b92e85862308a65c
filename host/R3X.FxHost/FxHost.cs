using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.IO;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using R3X.FxHost.Chains;
using R3X.FxHost.Decoding;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Ducking;
using R3X.FxHost.Faults;
using R3X.FxHost.Lines;
using R3X.FxHost.Metering;
using R3X.FxHost.Playback;
using R3X.FxHost.Playout;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Queue;

namespace R3X.FxHost;

/// <summary>
/// The host: takes spoken lines, sends each through the chain its selection stands for, and plays, writes or returns
/// it. Every member may be called from any thread at any time; lines that are played at the same time queue up.
/// </summary>
public sealed partial class FxHost : IDisposable, IAsyncDisposable
{
    private readonly VolumeControl _volume = new();
    private readonly Loudspeaker _loudspeaker;
    private readonly PresetStore _store;
    private readonly LineChains _chains;
    private readonly HostSignals _signals;
    private readonly EffectCatalogue _effects;
    private readonly IProgress<EffectChange>? _effectNews;
    private readonly PluginWatch? _plugins;
    private readonly FaultRecorder? _recorder;

    private FxHost(FxHostOptions options, PresetStore store, EffectCatalogue effects, HostSignals signals)
    {
        _store = store;
        _signals = signals;
        _effectNews = options.EffectNews;
        _effects = effects;
        Faults = options.KeepsFaults ? FaultLedger.Open(options.StateFolder) : null;
        _recorder = Faults is { } ledger ? new FaultRecorder(ledger, effects, options.DeviceOptions.Time) : null;
        UnhandledExceptions.Thrown += OnUnhandledException;
        Presets = new PresetLibrary(store, effects);
        Cache = (options.CacheFolder ?? Settings.CacheFolder) is { } cache ? SpeechCache.Open(cache) : null;
        var timeline = new DeviceTimeline(new DeviceClock(options.DeviceOptions.Time));
        var ducker = new Ducker(options.DuckingFor(Settings), options.MicMute, _volume, timeline);
        Func<IOutputDevice> open = options.OpenDevice
            ?? (() => OutputDevices.Open(options.Device ?? Settings.Device, options: options.DeviceOptions));
        _loudspeaker = new Loudspeaker(open, _volume, timeline, ducker, signals, options.LevelMilliseconds);
        _loudspeaker.Follow(Settings.LeadIn, Settings.Volume);
        Background = new BackgroundPlayer(_loudspeaker, ducker, signals);
        _chains = new LineChains(
            Presets, store, signals, _recorder is null ? null : _recorder.Record, options.SpeakerLevels);
        Queue = new SpeechQueue(_loudspeaker, ducker, _chains, options.QueueCapacity, signals);
        _plugins = options.LongRunning ? new PluginWatch(
            effects, options.DeviceOptions.Time, Follow, signals.EffectLingers) : null;
    }

    /// <summary>
    /// What <c>host.yaml</c> said at the last line. It is read again for every line: the default, the reference
    /// loudness and the volume then hold for that line and those behind it. The device holds when one is next opened;
    /// ducking, the cache and the list of folders of effects when a host is next made.
    /// </summary>
    public HostSettings Settings => _store.LatestSettings.Settings;

    /// <summary>Looks at <c>host.yaml</c> now, as the next line would. After a broken save the settings are the last
    /// good ones, and the diagnostics say so. Reads a file when it has changed: not for a thread that must not
    /// wait.</summary>
    public HostSettingsReading ReadSettings() => _store.ReadSettings();

    /// <summary>
    /// What was wrong with <c>host.yaml</c> when the host was made; where it was, the defaults hold. Of a broken save
    /// since then, the lines' reports tell.
    /// </summary>
    public IReadOnlyList<PresetDiagnostic> SettingsDiagnostics => _store.InitialSettings.Diagnostics;

    /// <summary>
    /// The effects. A host that runs for long (<see cref="FxHostOptions.LongRunning"/>) sees within a second or so that
    /// a plugin's folder was added, replaced, renamed or removed, however it was copied, and the next line gets what is
    /// there now; what cannot be used is refused and changes nothing else. <see cref="FxHostOptions.EffectNews"/>
    /// tells.
    /// </summary>
    public IEffectCatalogue Effects => _effects;

    /// <summary>The presets. They are read again when they have changed by the time a line needs them.</summary>
    public PresetLibrary Presets { get; }

    /// <summary>
    /// Lines that need not be bought again; null unless <see cref="FxHostOptions.CacheFolder"/> or <c>host.yaml</c>
    /// names a folder. <c>cache.Find(key) ?? cache.Keep(key, audio)</c> is what to speak.
    /// </summary>
    public SpeechCache? Cache { get; }

    /// <summary>
    /// The faults of effects, with what it takes to bring each about again, kept from one program to the next; null
    /// where <see cref="FxHostOptions.KeepsFaults"/> is false.
    /// </summary>
    public FaultLedger? Faults { get; }

    /// <summary>Music or ambience under speech, which ducks by itself.</summary>
    public BackgroundPlayer Background { get; }

    /// <summary>What is to be heard: utterances with priorities, events, pause and interruption.</summary>
    public SpeechQueue Queue { get; }

    /// <summary>
    /// How loud what is heard is, for lights and mouths: one level every 20 ms
    /// (<see cref="FxHostOptions.LevelMilliseconds"/>), each when its middle leaves the loudspeaker, from this call on
    /// until the host is disposed. Levels are of the processed sound in front of the volume: a droid that was turned
    /// down or muted moves its mouth all the same. Between lines there are none; the first of a line and the silence
    /// behind the last are marked. A listener who falls a second behind loses the oldest. As lines for a controller:
    /// <see cref="Lights.SpeechLevels.AsLines"/>.
    /// </summary>
    /// <param name="cancellation">Ends it.</param>
    public IAsyncEnumerable<SpeechLevel> Levels(CancellationToken cancellation = default) =>
        _loudspeaker.Levels.Listen(cancellation);

    /// <summary>
    /// The loudspeaker's volume in dB, 12 at most; 0 plays lines as they are, louder they stay below -1 dBTP. Heard
    /// within the device's buffer. When <c>host.yaml</c> gets another volume, that is taken over with the next line.
    /// </summary>
    public double VolumeDb
    {
        get => _volume.VolumeDb;
        set => _volume.VolumeDb = value;
    }

    /// <summary>Whether the loudspeaker is silent. Lines go on unheard.</summary>
    public bool IsMuted
    {
        get => _volume.Muted;
        set => _volume.Muted = value;
    }

    /// <summary>Makes a host: finds the presets and the effects; opens nothing yet.</summary>
    /// <param name="options">Where to look; null takes the defaults.</param>
    /// <param name="log">Told of faults, fallbacks, lost devices and interruptions; null keeps them to the
    /// reports.</param>
    /// <param name="meters">Where the meter comes from; null takes the process's own. <see cref="FxHostTelemetry"/>
    /// names it.</param>
    /// <exception cref="DirectoryNotFoundException">A named folder is not there, or none was found.</exception>
    /// <exception cref="FileNotFoundException">There are no presets, or no effects.</exception>
    /// <exception cref="NotSupportedException">The program was trimmed or compiled ahead of time.</exception>
    [RequiresUnreferencedCode(LoadedCode.WhyNotTrimmed), RequiresDynamicCode(LoadedCode.WhyNotTrimmed)]
    public static FxHost Create(
        FxHostOptions? options = null, ILogger<FxHost>? log = null, IMeterFactory? meters = null)
    {
        LoadedCode.ThrowIfTrimmed();
        options ??= new FxHostOptions();
        string folder = options.FindPresetFolder();
        (PresetStore store, EffectCatalogue effects) = HostFolders.Read(folder, options);
        return new FxHost(
            options, store, effects, new HostSignals(HostMeters.Of(meters), log ?? NullLogger<FxHost>.Instance));
    }

    /// <summary>
    /// What is wrong with a selection: an unknown or broken preset, an override that cannot be. A line spoken with it
    /// would fall back; a program that would rather refuse asks here first. Of a default that cannot be used reports
    /// tell.
    /// </summary>
    /// <param name="selection">The selection.</param>
    public IReadOnlyList<PresetDiagnostic> Check(SpeechSelection selection)
    {
        ArgumentNullException.ThrowIfNull(selection);
        return _chains.Check(selection);
    }

    /// <summary>
    /// Makes the first line of a selection begin as soon as its tenth: loads its effects and runs silence through them,
    /// so that nothing of them is left to be compiled. Takes up to a tenth of a second, on the calling thread; nothing
    /// is heard, and what goes wrong shows with the line.
    /// </summary>
    /// <param name="selection">Which sound; null takes the default preset.</param>
    public void WarmUp(SpeechSelection? selection = null)
    {
        ObjectDisposedException.ThrowIf(_loudspeaker.IsClosed, this);
        _chains.WarmUp(selection ?? SpeechSelection.Default);
    }

    /// <summary>How every preset fares in the choice for a line with a selection, and which one it comes to. Without a
    /// seed, that of seed 0.</summary>
    /// <param name="selection">The selection.</param>
    public ChoiceExplanation Explain(SpeechSelection selection)
    {
        ArgumentNullException.ThrowIfNull(selection);
        return _chains.Explain(selection);
    }

    /// <summary>
    /// Plays a line through its chain, starting while its bytes are still arriving. Returns at once; the task completes
    /// when the last sample has left the loudspeaker. Lines are heard in the order of the calls, each from where the
    /// one before it ended; what still rings of that one rings on under it.
    /// </summary>
    /// <param name="audio">The line.</param>
    /// <param name="selection">Which sound; null takes the default preset. An unknown or broken preset falls back and
    /// is reported.</param>
    /// <param name="cancellation">Silences the line within 30 ms. The task ends at once.</param>
    /// <exception cref="UnreadableAudioException">The audio holds no sound.</exception>
    /// <exception cref="DeviceException">There is no loudspeaker.</exception>
    /// <exception cref="SpeechQueueFullException">As many lines wait as may.</exception>
    /// <exception cref="IOException">The audio could not be read to its end; what had arrived was played.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or somebody interrupted it (see
    /// <see cref="Queue"/>).</exception>
    public Task<SpeechReport> ProcessAndPlayAsync(
        SpeechAudio audio, SpeechSelection? selection = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(audio);
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<SpeechReport>(cancellation);
        return HeardAsync(() => Queue.Speak(audio, selection), cancellation);
    }

    /// <inheritdoc cref="ProcessAndPlayAsync(SpeechAudio, SpeechSelection?, CancellationToken)"/>
    /// <param name="path">The line's file.</param>
    /// <param name="selection">Which sound.</param>
    /// <param name="cancellation">Silences the line.</param>
    public Task<SpeechReport> ProcessAndPlayAsync(
        string path, SpeechSelection? selection = null, CancellationToken cancellation = default) =>
        ProcessAndPlayAsync(SpeechAudio.FromFile(path), selection, cancellation);

    /// <inheritdoc cref="ProcessAndPlayAsync(SpeechAudio, SpeechSelection?, CancellationToken)"/>
    /// <param name="bytes">The line's bytes.</param>
    /// <param name="selection">Which sound.</param>
    /// <param name="cancellation">Silences the line.</param>
    public Task<SpeechReport> ProcessAndPlayAsync(
        ReadOnlyMemory<byte> bytes, SpeechSelection? selection = null, CancellationToken cancellation = default) =>
        ProcessAndPlayAsync(SpeechAudio.FromBytes(bytes), selection, cancellation);

    /// <inheritdoc cref="ProcessAndPlayAsync(SpeechAudio, SpeechSelection?, CancellationToken)"/>
    /// <param name="stream">The line's bytes, still arriving.</param>
    /// <param name="selection">Which sound.</param>
    /// <param name="cancellation">Silences the line.</param>
    public Task<SpeechReport> ProcessAndPlayAsync(
        Stream stream, SpeechSelection? selection = null, CancellationToken cancellation = default) =>
        ProcessAndPlayAsync(SpeechAudio.FromStream(stream), selection, cancellation);

    /// <inheritdoc cref="ProcessAndPlayAsync(SpeechAudio, SpeechSelection?, CancellationToken)"/>
    /// <param name="chunks">The line's bytes, still arriving, cut anywhere.</param>
    /// <param name="selection">Which sound.</param>
    /// <param name="cancellation">Silences the line.</param>
    public Task<SpeechReport> ProcessAndPlayAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> chunks,
        SpeechSelection? selection = null, CancellationToken cancellation = default) =>
        ProcessAndPlayAsync(SpeechAudio.FromChunks(chunks), selection, cancellation);

    /// <summary>
    /// Plays a line again and again while its preset is being edited. What is saved, parents and <c>host.yaml</c>
    /// included, is heard within half a second and without a click, in the middle of the line; a broken save leaves the
    /// last good version. The device's buffer is part of the half second: up to 100 ms of it.
    /// </summary>
    /// <param name="audio">The line. It is read to its end first; of a long one the first two minutes are
    /// heard.</param>
    /// <param name="selection">Which sound; null takes the default preset.</param>
    /// <param name="news">Told when the line is about to begin, then of every change and every mistake; null for
    /// nobody.</param>
    /// <param name="cancellation">Ends it; the task then ends cancelled, and does not end otherwise but by an
    /// error.</param>
    /// <exception cref="UnreadableAudioException">The audio holds no sound.</exception>
    /// <exception cref="DeviceException">There is no loudspeaker.</exception>
    public Task LoopAsync(
        SpeechAudio audio, SpeechSelection? selection, IProgress<PresetNews>? news, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(audio);
        selection ??= SpeechSelection.Default;
        // What is drawn by lot stays, so that only what was edited changes.
        selection = selection with { Seed = selection.Seed ?? LineChains.NewSeed() };
        var sink = new LoudspeakerSink(
            _loudspeaker, _loudspeaker.TakePlace(cancellation), PresetWatch.RingMilliseconds);
        return Task.Run(
            async () =>
            {
                using (sink)
                {
                    var watch = new PresetWatch(() => Choose(selection), news, ProblemsOf);
                    LoopedLine line = await LoopedLine.LoadAsync(audio, cancellation);
                    await watch.RunAsync(
                        new LineInMemory(line.Frames), line.Prepare,
                        (crossfader, ended) => line.FeedAsync(crossfader, sink, ended), cancellation);
                }
            },
            CancellationToken.None);
    }

    /// <summary>Falls silent at once and lets the loudspeaker go; lines in progress are cancelled.</summary>
    public void Dispose()
    {
        _plugins?.Dispose();
        _loudspeaker.Dispose();
        Queue.Close();
        UnhandledExceptions.Thrown -= OnUnhandledException;
        _recorder?.Flush();
        _effects.Dispose();
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// From now on the process survives what an effect throws on a thread of its own, on the thread pool or in a
    /// finalizer: that thread's work ends there, hosts log it and record it, and lines go on. What else is not caught
    /// ends the process as ever. For a program to say once, at its start: a library should not, as .NET has this once a
    /// process.
    /// </summary>
    /// <param name="tell">Told of each, a whole sentence, on the thread that threw; null for nobody.</param>
    /// <exception cref="InvalidOperationException">The program has set an unhandled exception handler of its
    /// own.</exception>
    public static void SurvivePluginThreads(Action<string>? tell = null) => UnhandledExceptions.Survive(tell);

    private void OnUnhandledException(UnhandledException thrown)
    {
        EffectDescription? effect = Effects.Effects.FirstOrDefault(effect => effect.Id == thrown.EffectId);
        if (effect is null)
            return;
        var fault = new SlotFault("", "", effect.Id, effect.Version, FaultCause.OwnThread, thrown.What, -1, 0)
        {
            Trace = thrown.Trace,
        };
        _signals.UnhandledException(effect.Id, effect.Version, fault.Word, thrown.What, thrown.Trace);
        _recorder?.Record(fault);
    }

    internal LineChain Choose(SpeechSelection? selection)
    {
        ObjectDisposedException.ThrowIf(_loudspeaker.IsClosed, this);
        LineChain line = _chains.Choose(selection ?? SpeechSelection.Default);
        _loudspeaker.Follow(line.Settings.LeadIn, line.Settings.Volume);
        return line;
    }

    // Effects of a line whose newer files cannot be used.
    private IEnumerable<string> ProblemsOf(LineChain line)
    {
        IReadOnlyDictionary<string, RefusedPlugin> refused = _effects.Latest.NotTakenUp;
        return refused.Count == 0 ? [] : line.Plan.Slots.Where(slot => refused.ContainsKey(slot.EffectId)).Select(
            slot => new EffectChange(
                slot.EffectId, slot.EffectVersion, slot.EffectVersion, refused[slot.EffectId]).ToString()).Distinct();
    }

    private void Follow(IReadOnlyList<EffectChange> changes)
    {
        _chains.EffectsChanged(changes.Where(change => change.Now != null).Select(change => change.Effect));
        foreach (EffectChange change in changes)
        {
            _signals.EffectChanged(change.ToString(), isRefused: change.Refused is not null);
            HostSignals.Safely(() => _effectNews?.Report(change));
        }
    }

    private static async Task<SpeechReport> HeardAsync(Func<Utterance> speak, CancellationToken cancellation)
    {
        Utterance utterance = speak();
        UtteranceEnd end;
        try
        {
            end = await utterance.Finished.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            utterance.Interrupt();
            throw;
        }

        if (end.Failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        return end.State == UtteranceState.Done && end.Report is { } report
            ? report
            : throw new OperationCanceledException($"{utterance.Audio.Name} was not heard to its end: {end.Reason}.");
    }
}
