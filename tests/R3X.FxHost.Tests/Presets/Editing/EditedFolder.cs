using System;
using System.IO;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Editing;

/// <summary>A folder of presets for one test, and who edits them.</summary>
internal sealed class EditedFolder : IDisposable
{
    public EditedFolder(IEffectCatalogue? catalogue = null)
    {
        Catalogue = catalogue ?? new FakeCatalogue();
        Library = new PresetLibrary(Root, Catalogue);
        Editor = new PresetEditor(Library);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("r3x-edit-").FullName;

    public IEffectCatalogue Catalogue { get; }

    public PresetLibrary Library { get; }

    public PresetEditor Editor { get; }

    public string PathOf(string id) => Path.Combine(Root, id + ".yaml");

    public void Write(string id, string text) => Write(id, System.Text.Encoding.UTF8.GetBytes(text));

    public void Write(string id, byte[] bytes) => File.WriteAllBytes(PathOf(id), bytes);

    public byte[] Bytes(string id) => File.ReadAllBytes(PathOf(id));

    public string Text(string id) => System.Text.Encoding.UTF8.GetString(Bytes(id));

    public Preset Good(string id)
    {
        PresetReading reading = Library.Find(id);
        Assert.False(reading.HasErrors, DiagnosticText.Format(reading.Diagnostics));
        return reading.Preset!;
    }

    /// <summary>Sets a value, which is then written.</summary>
    public string Set(string id, string path, string value)
    {
        PresetEdit edit = Editor.Set(id, path, value);
        Assert.True(
            edit.Outcome == PresetEditOutcome.Written, $"{edit.Outcome}: {DiagnosticText.Format(edit.Diagnostics)}");
        return Text(id);
    }

    /// <summary>Tries to set a value, which is refused and leaves the file alone.</summary>
    public string Refuse(string id, string path, string value)
    {
        byte[] before = Bytes(id);
        PresetEdit edit = Editor.Set(id, path, value);
        Assert.Equal(PresetEditOutcome.Refused, edit.Outcome);
        Assert.Equal(before, Bytes(id));
        return DiagnosticText.Format(edit.Diagnostics);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
