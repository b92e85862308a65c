using System;
using System.Collections.Generic;
using System.IO;
using R3X.FxHost.Ducking;
using R3X.FxHost.Levelling;
using R3X.FxHost.Metering;
using R3X.FxHost.Playback;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;

namespace R3X.FxHost;

/// <summary>
/// Where a host finds things. Everything has a default that suits a program that references the library (presets and
/// effects are copied beside it), an unpacked product and a checkout.
/// </summary>
public sealed record FxHostOptions
{
    private readonly double _levelMilliseconds = SpeechMeter.UsualMilliseconds;

    /// <summary>
    /// The folder of presets and <c>host.yaml</c>. Null looks for <c>presets/</c> with YAML files in it in
    /// <c>R3X_HOME</c>, or beside the program, and in the folders above.
    /// </summary>
    public string? PresetFolder { get; init; }

    /// <summary>
    /// Folders searched for effects, besides those <c>host.yaml</c> names; where none of these is there,
    /// <c>plugins/</c> beside the program is.
    /// </summary>
    public IReadOnlyList<string> PluginFolders { get; init; } = [];

    /// <summary>Which effects run in processes of their own, where nothing they do can hurt the host.</summary>
    public EffectIsolation Isolation { get; init; }

    /// <summary>
    /// Those of <see cref="PluginFolders"/> that others than the host's user may write. A folder that they can, and
    /// that neither stands here nor is <c>writable: allowed</c> in <c>host.yaml</c>, is refused: its effects run as the
    /// host's user. Unix; of the folder that comes with the program it is not asked.
    /// </summary>
    public IReadOnlyList<string> WritablePluginFolders { get; init; } = [];

    /// <summary>
    /// Told of effects that came, went or were replaced while a host of <see cref="LongRunning"/> lives, and of files
    /// that cannot be used, when the next line gets them already. On a thread of the pool; what it throws is lost. Null
    /// keeps it to the log.
    /// </summary>
    public IProgress<EffectChange>? EffectNews { get; init; }

    /// <summary>The loudspeaker's name; null takes what <c>host.yaml</c> says, which is the system's default unless
    /// changed.</summary>
    public string? Device { get; init; }

    /// <summary>How the loudspeaker is opened.</summary>
    public OutputDeviceOptions DeviceOptions { get; init; } = OutputDeviceOptions.Default;

    /// <summary>
    /// Whether the host lives for many lines: effects are then loaded from copies, so that their files can be replaced.
    /// A program that speaks once and ends sets it to false and starts sooner.
    /// </summary>
    public bool LongRunning { get; init; } = true;

    /// <summary>A folder of its own for <see cref="FxHost.Cache"/>; null takes what <c>host.yaml</c> says, and keeps no
    /// lines where that says nothing.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Whether the faults of effects are recorded in <see cref="FxHost.Faults"/>.</summary>
    public bool KeepsFaults { get; init; } = true;

    /// <summary>Where what lasts is kept, such as the faults of effects; null takes the user's folder:
    /// <c>R3X_STATE</c>, else <c>r3x</c> in <c>XDG_STATE_HOME</c> or the like.</summary>
    public string? StateFolder { get; init; }

    /// <summary>
    /// How loud speakers' lines arrive, where several hosts know it together; null keeps to what this host heard. The
    /// program disposes it, after the host. <c>R3X.FxHost.Nats</c> has one for hosts that share a NATS server.
    /// </summary>
    public ISpeakerLevels? SpeakerLevels { get; init; }

    /// <summary>How many utterances may wait in <see cref="FxHost.Queue"/>.</summary>
    public int QueueCapacity { get; init; } = 64;

    /// <summary>How music gets out of a voice's way; null takes what <c>host.yaml</c> says.</summary>
    public DuckingOptions? Ducking { get; init; }

    /// <summary>When a microphone should not be believed.</summary>
    public MicMuteOptions MicMute { get; init; } = MicMuteOptions.Default;

    /// <summary>Opens a loudspeaker of the program's own in place of <see cref="Device"/>; null opens that. The host
    /// disposes it.</summary>
    public Func<IOutputDevice>? OpenDevice { get; init; }

    /// <summary>How often <see cref="FxHost.Levels"/> tells how loud it is, in milliseconds, 5 to 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less or more.</exception>
    public double LevelMilliseconds
    {
        get => _levelMilliseconds;
        init => _levelMilliseconds = SpeechMeter.Checked(value);
    }

    /// <summary>How music gets out of a voice's way.</summary>
    internal DuckingOptions DuckingFor(HostSettings settings) => Ducking ?? new DuckingOptions
    {
        TargetDb = settings.Ducking.Target,
        FadeMilliseconds = settings.Ducking.Fade,
        HoldMilliseconds = settings.Ducking.Hold,
        LeadMilliseconds = settings.Ducking.Lead,
    };

    /// <summary>The folder <see cref="PresetFolder"/> stands for.</summary>
    /// <exception cref="DirectoryNotFoundException">The one that was named is not there, or none was found.</exception>
    public string FindPresetFolder() =>
        PresetFolder is null ? HostFolders.FindPresets() : HostFolders.Named(PresetFolder);
}
