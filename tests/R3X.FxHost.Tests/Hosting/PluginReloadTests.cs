using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Playback;
using R3X.FxHost.Plugins;
using R3X.FxHost.Tests.Diagnostics.Observing;
using R3X.FxHost.Tests.Plugins;
using R3X.FxHost.Tests.Simulation;
using Xunit;

namespace R3X.FxHost.Tests.Hosting;

/// <summary>A host that lives on while its plugins are replaced.</summary>
public sealed class PluginReloadTests : IAsyncDisposable
{
    private readonly string _presets = TestHost.PresetFolder(
        ("mine", "preset: 1\nchain:\n  - warble\n"),
        ("child", "preset: 1\nextends: mine\nadd:\n  - more: { effect: gain, level: -6.0206 dB }\n"),
        ("neutral", "preset: 1\nchain:\n  - gain: { level: 6.0206 dB }\n"));

    private readonly PluginFolders _folders = new();
    private readonly VirtualTime _time = new();
    private readonly HeardLog _log = new();
    private readonly List<EffectChange> _changes = [];
    private readonly FxHost _host;

    public PluginReloadTests()
    {
        Write("0.1.0", "PassThrough");
        _host = FxHost.Create(new FxHostOptions
        {
            PresetFolder = _presets,
            PluginFolders = [_folders.Root],
            Device = "null",
            DeviceOptions = new OutputDeviceOptions { Time = _time },
            EffectNews = new News(_changes),
        }, _log);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _time.Dispose();
        _folders.Dispose();
        Directory.Delete(_presets, recursive: true);
    }

    [Fact]
    public async Task The_next_line_gets_the_new_version_and_one_that_is_being_spoken_keeps_its_own()
    {
        Assert.Equal((1, 0.5), (await HeardAsync("mine"), await HeardAsync("child")));
        var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var running = new MemoryStream();
        Task<SpeechReport> spoken = _host.RenderAsync(
            SpeechAudio.FromChunks(InHalves(half.Task), "pcm_24000"), running, TestHost.Float, Selection("mine"),
            Cancellation);

        Write("0.2.0", "Halves");
        _time.Advance(2_000);

        Assert.Equal((0.5, 0.25), (await HeardAsync("mine"), await HeardAsync("child")));
        half.SetResult();
        Assert.Empty((await spoken).Faults);
        Assert.Equal(1, Gain(running));
        Assert.Equal(new EffectChange("warble", "0.1.0", "0.2.0", null), Assert.Single(_changes));
        Assert.Contains(_log.Entries, entry => entry.Text == "Effects: warble 0.1.0 -> 0.2.0");
    }

    [Fact]
    public async Task A_removed_effect_costs_the_presets_that_used_it_and_is_back_when_its_folder_is()
    {
        Assert.Equal(1, await HeardAsync("mine"));
        Directory.Move(_folders.PathOf("warble"), _folders.PathOf(".away"));
        _time.Advance(4_000);
        using var wav = new MemoryStream();
        SpeechReport report = await SpeakAsync("mine", wav);
        Assert.Equal(("neutral", 2), (report.Preset, Gain(wav)));
        Assert.Contains(
            report.Warnings, warning => warning.Contains("\"warble\" is not an effect", StringComparison.Ordinal));
        Directory.Move(_folders.PathOf(".away"), _folders.PathOf("warble"));
        _time.Advance(2_000);
        Assert.Equal(1, await HeardAsync("mine"));
        Assert.Equal(["warble 0.1.0 removed", "warble 0.1.0 added"], _changes.Select(change => change.ToString()));
    }

    [Fact]
    public async Task A_version_that_cannot_be_used_is_logged_and_lines_sound_on_with_the_old_one()
    {
        Assert.Equal(1, await HeardAsync("mine"));
        Write("0.2.0", "ConstructorThrows");
        _time.Advance(5_000);
        using var wav = new MemoryStream();
        SpeechReport report = await SpeakAsync("mine", wav);
        Assert.Equal(("mine", 1), (report.Preset, Gain(wav)));
        Assert.Contains(_host.Effects.Refused, refused => refused.Reason.Contains("windows", StringComparison.Ordinal));
        Assert.Single(_log.Entries, entry =>
            entry.Text.StartsWith("Effects: warble 0.1.0 stays in use; ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_repaired_effect_of_the_same_version_need_not_wait_for_its_quarantine_to_end()
    {
        Write("0.1.0", "ThrowsFromBlock5");
        await using FxHost host = FxHost.Create(new FxHostOptions
        {
            PresetFolder = _presets,
            PluginFolders = [_folders.Root],
            Device = "null",
            DeviceOptions = new OutputDeviceOptions { Time = _time },
        });
        for (int line = 0; line < 5; line++)
            await host.RenderAsync(Line(), Stream.Null, TestHost.Float, Selection("mine"), Cancellation);
        Write("0.1.0", "Halves");
        _time.Advance(2_000);
        using var wav = new MemoryStream();
        SpeechReport report = await host.RenderAsync(Line(), wav, TestHost.Float, Selection("mine"), Cancellation);
        Assert.Empty(report.Faults);
        Assert.Equal(0.5, Gain(wav));
    }

    [Fact]
    public async Task Nothing_holds_on_to_what_was_replaced_after_lines_and_presets_of_every_kind()
    {
        for (int version = 2; version < 12; version++)
        {
            await HeardAsync("child");
            _host.WarmUp(Selection("mine"));
            _host.ApplyAudioEffects(new float[480], 48_000, Selection("mine"));
            File.WriteAllText(Path.Combine(_presets, "mine.yaml"),
                version % 2 == 0 ? "preset: 1\nchain:\n  - warble: [\n" : "preset: 1\nchain:\n  - warble\n");
            Write($"0.{version}.0", version % 2 == 0 ? "Halves" : "PassThrough");
            _time.Advance(2_000);
        }

        Assert.Equal(10, _changes.Count);
        var catalogue = (EffectCatalogue)((FxHost)_host).Effects;
        for (int look = 0; look < 50 && catalogue.Retired.Ids.Count > 0; look++)
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
            await Task.Delay(20, Cancellation);
            _time.Advance(500);
        }

        Assert.Empty(catalogue.Retired.Ids);
    }

    private void Write(string version, string what) =>
        new EmittedPlugin("warble") { Version = version, Base = what }.WriteTo(_folders, "warble");

    private static SpeechSelection Selection(string preset) => new() { Preset = preset, KeepsLevel = true };

    private async Task<double> HeardAsync(string preset)
    {
        using var wav = new MemoryStream();
        SpeechReport report = await SpeakAsync(preset, wav);
        Assert.Empty(report.Faults);
        Assert.Equal(preset, report.Preset);
        return Gain(wav);
    }

    private Task<SpeechReport> SpeakAsync(string preset, Stream wav) =>
        _host.RenderAsync(Line(), wav, TestHost.Float, Selection(preset), Cancellation);

    // By how much the line, at a quarter of full scale, has become louder.
    private static double Gain(MemoryStream wav)
    {
        float[] samples = TestHost.Samples(wav.ToArray());
        Assert.InRange(samples.Length, 12_000, 13_000);
        return Math.Round(samples.Take(11_900).Max(Math.Abs) / 0.25, 3);
    }

    private static byte[] Samples => [.. Enumerable.Range(0, 12_000).SelectMany(
        i => BitConverter.GetBytes((short)(i / 20 % 2 == 0 ? 8_192 : -8_192)))];

    private static SpeechAudio Line() => SpeechAudio.FromBytes(Samples, "pcm_24000");

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> InHalves(
        Task second, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        byte[] samples = Samples;
        yield return samples.AsMemory(0, samples.Length / 2);
        await second.WaitAsync(cancellation);
        yield return samples.AsMemory(samples.Length / 2);
    }

    // Whoever listens may fail.
    private sealed class News(List<EffectChange> changes) : IProgress<EffectChange>
    {
        public void Report(EffectChange value)
        {
            changes.Add(value);
            throw new InvalidOperationException("A listener's own.");
        }
    }
}
