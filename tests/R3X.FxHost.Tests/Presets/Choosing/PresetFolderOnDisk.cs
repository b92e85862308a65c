using System;
using System.IO;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Choosing;
using R3X.FxHost.Tests.Chains;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Choosing;

/// <summary>A folder of presets to choose from, looked at with a clock that a test moves.</summary>
internal sealed class PresetFolderOnDisk : IDisposable
{
    private static readonly DateTime LongAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly ManualClock _clock = new();
    private int _saves;

    public PresetFolderOnDisk()
    {
        Library = new PresetLibrary(new PresetStore(Path, _clock, TimeSpan.Zero), Catalogue);
        Save("neutral", "");
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("r3x-presets-").FullName;

    public FakeCatalogue Catalogue { get; } = new();

    public PresetLibrary Library { get; }

    /// <summary>Saves a preset, long enough ago for its time to be trusted.</summary>
    public void Save(string id, string useWhen, string chain = "chain: [limiter]")
    {
        string file = FileOf(id);
        File.WriteAllText(file, $"preset: 1\n{useWhen}\n{chain}\n");
        File.SetLastWriteTimeUtc(file, LongAgo.AddMinutes(++_saves));
    }

    public void Delete(string id) => File.Delete(FileOf(id));

    public string FileOf(string id) => System.IO.Path.Combine(Path, id + ".yaml");

    public void Pass(double milliseconds) => _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));

    public PresetChoice Choose(LineTraits line, string? asked = null) => Library.Choose(asked, line, "neutral");

    public void Chooses(string expected, LineTraits line) => Assert.Equal(expected, Choose(line).Preset?.Id);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
