using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using R3X.FxHost.Playback;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Playback;

[Collection(LoudspeakerTests.Name)]
public sealed class OutputDevicesTests(PulseServer server)
{
    private OutputDeviceOptions Options => new() { PulseServer = server.Address };

    [Fact]
    public void The_list_shows_each_sink_with_its_own_format_and_the_default_first()
    {
        server.AddSilentSink("another", 22_050, 1, "Another place");
        IReadOnlyList<OutputDeviceInfo> list = OutputDevices.List(Options);
        Assert.Equal(new OutputDeviceInfo("r3x", "The droid's chest loudspeaker", "PulseAudio",
            new AudioFormat(48_000, 2), true), list[0] with { Latency = default });
        // Somebody listens to it, 5 ms at a time.
        Assert.InRange(list[0].Latency.TotalMilliseconds, 1, 50);
        Assert.Contains(new OutputDeviceInfo("another", "Another place", "PulseAudio", new AudioFormat(22_050, 1),
            false), list.Select(d => d with { Latency = default }));
        server.RemoveSink("another");
    }

    [Fact]
    public void Part_of_a_description_opens_its_sink()
    {
        using IOutputDevice device = OutputDevices.Open("CHEST", null, Options);
        Assert.Equal("r3x", device.Name);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_nearest_and_the_list()
    {
        var error = Assert.Throws<DeviceException>(() => OutputDevices.Open("r4x", null, Options));
        Assert.StartsWith("There is no loudspeaker 'r4x'. The nearest is 'r3x'. There are: default, r3x, ",
            error.Message, StringComparison.Ordinal);
        Assert.EndsWith(", null, file:PATH.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_server_the_reason_is_given_and_no_server_is_started()
    {
        var nobody =
            new OutputDeviceOptions { PulseServer = "unix:" + Path.Combine(Path.GetTempPath(), "nobody-listens-here") };
        OutputSurvey survey = OutputDevices.Survey(nobody);
        Assert.StartsWith("PulseAudio: no server answers at unix:", survey.Tried[0], StringComparison.Ordinal);
        Assert.StartsWith("PortAudio: ", survey.Tried[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Each_library_is_found_with_its_file_and_version_or_has_a_line_that_installs_it()
    {
        IReadOnlyList<NativeAudioLibrary> libraries = NativeAudioLibraries.Probe();
        Assert.All(libraries, library => Assert.NotEmpty(library.InstallLine));
        NativeAudioLibrary pulse = libraries.Single(l => l.Name == "libpulse");
        Assert.True(File.Exists(pulse.Path), pulse.Path);
        Assert.Matches(@"^\d+\.\d+", pulse.Version);
    }
}
