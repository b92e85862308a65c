using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Studio.Drafts;
using R3X.FxHost.Tests.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>The drafts of a folder: looked after by the clock, begun, renamed, deleted and brought back.</summary>
public sealed class DraftStoreTests : IAsyncDisposable
{
    private const string Parent = "preset: 1\nchain:\n  - comb\n  - limiter # last\n";
    private const string Child = "preset: 1\nextends: parent # its sound\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("r3x-drafts-").FullName;
    private readonly ManualTime _clock = new();
    private readonly FxHost _host;
    private readonly DraftStore _drafts;
    private int _told;

    public DraftStoreTests()
    {
        Write("parent", Parent);
        Write("child", Child);
        _host = FxHost.Create(new FxHostOptions
        {
            PresetFolder = _folder, PluginFolders = [Repository.PathOf("plugins")], Device = "null",
        });
        _drafts = new DraftStore(_host, _clock);
        _drafts.Changed += () => _told++;
    }

    public async ValueTask DisposeAsync()
    {
        _drafts.Dispose();
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_file_that_is_saved_elsewhere_is_taken_in_within_half_a_second()
    {
        Draft draft = _drafts.Open("child")!;
        Write("child", Child + "name: Theirs\n");
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(Child + "name: Theirs\n", draft.Text);
    }

    [Fact]
    public void A_parent_that_is_saved_is_heard_in_its_children()
    {
        Draft draft = _drafts.Open("child")!;
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        int told = _told;
        Write("parent", Parent.Replace("  - comb\n", "", StringComparison.Ordinal));
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(["limiter"], draft.Reading.Preset!.Steps.Select(step => step.Name));
        Assert.True(_told > told);
        told = _told;
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(told, _told);
    }

    [Fact]
    public void A_draft_that_no_page_shows_is_forgotten_unless_it_is_changed()
    {
        Draft draft = _drafts.Open("child")!;
        Assert.Same(draft, _drafts.Open("child"));
        _drafts.Close(draft);
        Assert.Same(draft, _drafts.Find("child"));
        draft.Set("name", "Mine");
        _drafts.Close(draft);
        Assert.Same(draft, _drafts.Find("child"));
        Assert.True(draft.Save().IsDone);
        Assert.Null(_drafts.Find("child"));
        Assert.Null(_drafts.Open("nobody"));
    }

    [Fact]
    public void A_preset_is_begun_and_listed()
    {
        Assert.True(_drafts.New("mine", "parent").IsDone);
        Assert.True(_told > 0);
        Assert.Empty(_drafts.Open("mine")!.Reading.Diagnostics);
        Assert.Contains("already", Assert.Single(_drafts.New("mine", "parent").Diagnostics).Message,
            StringComparison.Ordinal);
        Assert.Contains("id", Assert.Single(_drafts.New("../x", "parent").Diagnostics).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_preset_that_others_name_is_renamed_in_them_too_when_that_is_wanted()
    {
        Write("host", "host: 1\ndefault: parent\n");
        Draft draft = _drafts.Open("parent")!;
        draft.Set("name", "Changed");
        PresetDiagnostic named = Assert.Single(_drafts.Rename("parent", "mother").Diagnostics);
        Assert.Equal("\"parent\" is named in child.yaml, host.yaml.", named.Message);
        Assert.Equal(["child.yaml", "host.yaml"], _drafts.NamersOf("parent"));
        Assert.Equal((Parent, "parent"), (Read("parent"), draft.Id));

        Assert.True(_drafts.Rename("parent", "mother", changesNamers: true).IsDone);
        Assert.Equal((Parent, Child.Replace("parent", "mother", StringComparison.Ordinal),
            "host: 1\ndefault: mother\n"), (Read("mother"), Read("child"), Read("host")));
        Assert.False(File.Exists(PathOf("parent")));
        Assert.Equal(("mother", true), (draft.Id, draft.IsChanged));
        Assert.Same(draft, _drafts.Find("mother"));
        Assert.True(draft.Save().IsDone);
        Assert.Equal(draft.Text, Read("mother"));
    }

    [Fact]
    public void A_preset_is_deleted_and_brought_back_to_the_letter_with_what_was_not_saved()
    {
        Assert.Contains("named in child.yaml", Assert.Single(_drafts.Delete("parent").Diagnostics).Message,
            StringComparison.Ordinal);
        Draft draft = _drafts.Open("child")!;
        draft.Set("name", "Changed");
        Assert.True(_drafts.Delete("child").IsDone);
        Assert.False(File.Exists(PathOf("child")));
        Assert.Null(_drafts.NamersOf("parent").SingleOrDefault());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_drafts.CanUndelete);
        Assert.Equal("child", _drafts.Undelete());
        Assert.Equal((Child, false), (Read("child"), _drafts.CanUndelete));
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal((false, true), (draft.IsMissing, draft.IsChanged));
        Assert.Contains("Changed", draft.Text, StringComparison.Ordinal);
        Assert.Null(_drafts.Undelete());
    }

    private string PathOf(string id) => Path.Combine(_folder, id + ".yaml");

    private void Write(string id, string text) => File.WriteAllText(PathOf(id), text);

    private string Read(string id) => File.ReadAllText(PathOf(id));
}
