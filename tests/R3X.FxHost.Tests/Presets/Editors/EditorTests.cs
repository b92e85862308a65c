using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Schema;
using R3X.FxHost.Tests.Hosting;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Editors;

/// <summary>What an editor shows of presets, by the language server that editors run and the schema it is
/// given.</summary>
public sealed class EditorTests : IClassFixture<LanguageServer>, IDisposable
{
    private const string FirstLine = "# yaml-language-server: $schema=" + PresetSchema.FileName + "\n";
    private static readonly string Corpus = Repository.PathOf("tests", "fixtures", "presets");

    private readonly LanguageServer _editor;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-editor-");

    public EditorTests(LanguageServer editor)
    {
        _editor = editor;
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(PresetSchema.FileName))!);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_schema_of_the_shipped_presets_is_the_one_of_the_shipped_effects()
    {
        using FxHost host = TestHost.Create();
        string shipped = File.ReadAllText(Repository.PathOf("presets", PresetSchema.FileName)).ReplaceLineEndings("\n");
        Assert.True(shipped == PresetSchema.Build(host.Effects),
            "presets/schema is out of date. Run ./r3x presets schema --write and commit what it writes.");
    }

    [Fact]
    public void In_a_shipped_preset_nothing_is_underlined_and_its_first_line_names_the_schema()
    {
        foreach (string path in Directory.GetFiles(Repository.PathOf("presets"), "*.yaml").Where(
            path => Path.GetFileName(path) != HostSettingsReader.FileName))
        {
            string text = File.ReadAllText(path).ReplaceLineEndings("\n");
            Assert.StartsWith(FirstLine, text, StringComparison.Ordinal);
            Assert.Empty(_editor.Check(path, text));
        }
    }

    [Fact]
    public async Task A_typical_mistake_is_underlined_in_its_line_unless_it_is_one_that_only_a_check_can_know()
    {
        var effects = new FakeCatalogue();
        var library = new PresetLibrary(Path.Combine(Corpus, "parents"), effects);
        await File.WriteAllTextAsync(
            PathOf(PresetSchema.FileName), PresetSchema.Build(effects), TestContext.Current.CancellationToken);
        string[] unseen = await File.ReadAllLinesAsync(
            Path.Combine(Corpus, "unseen-by-editors.txt"), TestContext.Current.CancellationToken);
        var wrong = new List<string>();
        (string Name, string Text, Task<Underlined[]> Marks)[] mistakes =
        [
            .. from path in Directory.GetFiles(Path.Combine(Corpus, "mistakes"), "*.yaml").Order(StringComparer.Ordinal)
            let name = Path.GetFileNameWithoutExtension(path)
            where !name.StartsWith("host-", StringComparison.Ordinal)
            let text = File.ReadAllText(path)
            select (name, text, _editor.CheckAsync(PathOf(name + ".yaml"), FirstLine + text)),
        ];
        foreach ((string name, string text, Task<Underlined[]> checking) in mistakes)
        {
            Underlined[] marks = await checking;
            bool isSeen = library.Read(text, name + ".yaml").Diagnostics.Any(
                mistake => marks.Any(mark => mark.Line == mistake.Line + 1));
            if (isSeen == unseen.Contains(name))
                wrong.Add($"{name} is {(isSeen ? "seen" : "not seen")}: "
                    + $"{string.Join("; ", marks.Select(mark => $"{mark.Line - 1}: {mark.Message}"))}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void A_wrong_value_is_explained_in_the_words_of_the_check()
    {
        string path = Open(
            "chain:\n  - comb: { mix: 35 dB, delay: 8, frq: 4 kHz }\n  - ring: { effect: ring-modulator }\n");
        Assert.Collection(
            _editor.Check(path, File.ReadAllText(path)),
            mark => Assert.Equal(
                "mix is a percentage from 0% to 100%. Write a value such as \"25%\", the default.", mark.Message),
            mark => Assert.Equal(
                "delay is a time from 0.5 ms to 30 ms. Write a value such as \"8 ms\", the default.", mark.Message),
            mark => Assert.Equal("comb has the settings delay, feedback, feedforward, damping, mix.", mark.Message),
            mark =>
                Assert.StartsWith("There is no such effect here. There are: ", mark.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Where_the_mouse_rests_a_setting_says_what_it_does_and_what_it_takes()
    {
        string path = Open("chain:\n  - comb: { mix: 35% }\n");
        Assert.Empty(_editor.Check(path, File.ReadAllText(path)));
        string shown = _editor.Hover(path, 4, 14);
        Assert.Contains("0% to 100%; 25% when nothing is said.", shown, StringComparison.Ordinal);
        Assert.Contains("wobble", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_completed()
    {
        string path = Open("chain:\n  - comb:\n      \n");
        _editor.Check(path, File.ReadAllText(path));
        Assert.Superset(new[] { "delay", "feedback", "mix" }.ToHashSet(), _editor.Complete(path, 5, 7).ToHashSet());
    }

    private string Open(string text)
    {
        using FxHost host = TestHost.Create();
        File.WriteAllText(PathOf(PresetSchema.FileName), PresetSchema.Build(host.Effects));
        string path = PathOf("tried.yaml");
        File.WriteAllText(path, FirstLine + "preset: 1\n" + text);
        return path;
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
