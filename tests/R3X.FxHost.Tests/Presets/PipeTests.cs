using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Choosing;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

/// <summary>A named pipe where a file belongs is told, and nobody waits for somebody to write into it.</summary>
public sealed class PipeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("r3x-presets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_pipe_that_is_called_like_a_preset_is_an_empty_one(bool isLink)
    {
        string pipe = NamedPipe.Create(_folder, isLink ? "pipe" : "pipe.yaml");
        if (isLink)
            File.CreateSymbolicLink(Path.Combine(_folder, "pipe.yaml"), pipe);
        PresetReading[] readings = await Task.Run(() =>
        {
            var library = new PresetLibrary(_folder, new FakeCatalogue());
            library.Choose(null, new LineTraits("happy"), "neutral");
            PresetReading byPath = library.Find(Path.Combine(_folder, "pipe.yaml"));
            return (PresetReading[])[library.Find("pipe"), byPath, library.ReadAll()[0].Reading];
        }, TestContext.Current.CancellationToken).WaitAsync(NamedPipe.Patience, TestContext.Current.CancellationToken);
        Assert.All(readings, reading => Assert.Equal("The file is empty.", Assert.Single(reading.Diagnostics).Message));
    }

    [Fact]
    public async Task A_pipe_that_is_called_host_yaml_is_an_empty_one()
    {
        NamedPipe.Create(_folder, "host.yaml");
        Task<HostSettingsReading> finding = Task.Run(
            () => HostSettingsReader.ReadFolder(_folder), TestContext.Current.CancellationToken);
        HostSettingsReading reading = await finding.WaitAsync(
            NamedPipe.Patience, TestContext.Current.CancellationToken);
        Assert.Equal("neutral", reading.Settings.Default);
        Assert.Contains(reading.Diagnostics, mistake => mistake.Message == "The file is empty.");
    }

    [Fact]
    public void A_device_is_no_preset()
    {
        PresetReading reading = new PresetLibrary(_folder, new FakeCatalogue()).Find("/dev/zero");
        Assert.Contains("It is a pipe or a device", reading.Diagnostics.Single().Message, StringComparison.Ordinal);
    }
}
