using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Studio.Drafts;
using R3X.FxHost.Tests.Presets.Editing;
using Xunit;

namespace R3X.FxHost.Tests.Studio;

/// <summary>A draft, its history and its file, which others save as well.</summary>
public sealed class DraftTests : IDisposable
{
    private const string Text = """
        preset: 1
        name: Mine

        chain:
          - comb:            # metal
              mix: 30%
              delay: 8 ms

          - limiter

        try-with: [Hello]

        """;

    private readonly EditedFolder _folder = new();
    private readonly Draft _draft;
    private int _told;

    public DraftTests()
    {
        _folder.Write("mine", Text);
        _draft = new Draft(_folder.Library, "mine", _folder.PathOf("mine"));
        _draft.Changed += () => _told++;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_edit_is_undone_and_done_again_to_the_letter()
    {
        string[] values = [.. Enumerable.Range(0, 200).Select(i => $"{i % 100}%")];
        string[] texts = [.. values.Select(value =>
        {
            Assert.True(_draft.Set("comb.mix", value).IsDone);
            return _draft.Text;
        })];
        foreach (string text in texts.Reverse().Skip(1).Append(Text))
        {
            _draft.Undo();
            Assert.Equal(text, _draft.Text);
        }

        Assert.False(_draft.CanUndo);
        foreach (string text in texts)
        {
            _draft.Redo();
            Assert.Equal(text, _draft.Text);
        }

        Assert.False(_draft.CanRedo);
    }

    [Fact]
    public void A_slider_that_is_dragged_is_one_step()
    {
        _draft.Set("comb.mix", "40%");
        _draft.Set("comb.delay", "7 ms");
        for (int i = 0; i < 20; i++)
            _draft.Set("comb.delay", $"{7 + (i / 10.0):0.0} ms".Replace(',', '.'), continues: true);
        _draft.Undo();
        Assert.Contains("delay: 8 ms", _draft.Text, StringComparison.Ordinal);
        Assert.Equal("comb.mix", _draft.UndoName);
        Assert.Equal("comb.delay", _draft.RedoName);
    }

    [Fact]
    public void A_refused_edit_changes_nothing_and_its_correction_makes_the_edit()
    {
        DraftEdit refused = _draft.Set("comb.mix", "35 dB");
        Assert.False(refused.IsDone);
        Assert.Equal((Text, 0), (_draft.Text, _told));
        Assert.True(_draft.Apply(Assert.Single(refused.Diagnostics)).IsDone);
        Assert.Equal(Text.Replace("30%", "35%", StringComparison.Ordinal), _draft.Text);
        Assert.False(_draft.Apply(refused.Diagnostics[0]).IsDone);
    }

    [Fact]
    public void An_edit_with_two_mistakes_is_made_when_both_are_corrected()
    {
        DraftEdit refused = _draft.Set("comb.mix", "wobble 20 ms to 40 ms at 1 Hz");
        Assert.Equal(2, refused.Diagnostics.Count);
        DraftEdit half = _draft.Apply(refused.Diagnostics[1]);
        Assert.False(half.IsDone);
        Assert.Equal((Text, false), (_draft.Text, _draft.Reading.HasErrors));
        Assert.True(_draft.Apply(Assert.Single(half.Diagnostics)).IsDone);
        Assert.Equal(
            Text.Replace("30%", "wobble 20% to 40% at 1 Hz", StringComparison.Ordinal), _draft.Text);
    }

    [Fact]
    public void What_is_saved_elsewhere_is_taken_in_as_a_step()
    {
        string theirs = Text.Replace("30%", "60%", StringComparison.Ordinal);
        _folder.Write("mine", theirs);
        _draft.Look();
        Assert.Equal((theirs, false, 1), (_draft.Text, _draft.IsChanged, _told));
        _draft.Look();
        Assert.Equal(1, _told);
        _draft.Undo();
        Assert.Equal((Text, true), (_draft.Text, _draft.IsChanged));
    }

    [Fact]
    public void Changes_of_other_lines_are_merged_with_those_of_the_draft()
    {
        _draft.Set("comb.mix", "40%");
        _folder.Write("mine", Text.Replace("8 ms", "9 ms", StringComparison.Ordinal) + "tags: [x]\n");
        _draft.Look();
        Assert.Null(_draft.Conflict);
        Assert.Equal(Text.Replace("8 ms", "9 ms", StringComparison.Ordinal).Replace("30%", "40%",
            StringComparison.Ordinal) + "tags: [x]\n", _draft.Text);
        Assert.True(_draft.Save().IsDone);
        Assert.Equal(_draft.Text, _folder.Text("mine"));
    }

    [Theory]
    [InlineData("mine")]
    [InlineData("theirs")]
    [InlineData("both")]
    public void Changes_of_the_same_line_are_a_conflict_that_loses_neither(string kept)
    {
        string theirs = Text.Replace("30%", "60%", StringComparison.Ordinal);
        _draft.Set("comb.mix", "40%");
        string mine = _draft.Text;
        _folder.Write("mine", theirs);
        Assert.False(_draft.Save().IsDone);
        Assert.Equal(new DraftConflict(Text, mine, theirs), _draft.Conflict);
        Assert.Equal((mine, theirs), (_draft.Text, _folder.Text("mine")));
        string both = mine.Replace("# metal", "# metal, 60% was too much", StringComparison.Ordinal);
        switch (kept)
        {
            case "mine":
                _draft.KeepMine();
                break;
            case "theirs":
                _draft.TakeTheirs();
                break;
            default:
                _draft.Resolve(both);
                break;
        }

        Assert.Null(_draft.Conflict);
        Assert.True(_draft.Save().IsDone);
        Assert.Equal(kept == "mine" ? mine : kept == "theirs" ? theirs : both, _folder.Text("mine"));
        if (kept != "mine")
        {
            _draft.Undo();
            Assert.Equal(mine, _draft.Text);
        }
    }

    [Fact]
    public void A_merge_that_could_not_be_read_is_a_conflict()
    {
        _draft.RemoveStep("comb");
        _folder.Write("mine", Text + "add:\n  - comb\n");
        _draft.Look();
        Assert.NotNull(_draft.Conflict);
    }

    [Fact]
    public void A_file_that_is_deleted_leaves_the_draft_which_writes_it_anew()
    {
        File.Delete(_folder.PathOf("mine"));
        // An editor may be about to create it anew.
        _draft.Look();
        Assert.False(_draft.IsMissing);
        _draft.Look();
        Assert.Equal((true, true, Text), (_draft.IsMissing, _draft.IsChanged, _draft.Text));
        Assert.True(_draft.Save().IsDone);
        Assert.Equal((Text, false), (_folder.Text("mine"), _draft.IsMissing));
    }

    [Fact]
    public void Byte_order_mark_and_line_ends_stay_when_a_browser_sends_the_text_with_others()
    {
        string crlf = Text.Replace("\n", "\r\n", StringComparison.Ordinal);
        _folder.Write("mine", "\uFEFF" + crlf);
        var draft = new Draft(_folder.Library, "mine", _folder.PathOf("mine"));
        draft.ReplaceFrom(Text, Text.Replace("[Hello]", "[Hello,\n  you]", StringComparison.Ordinal));
        Assert.True(draft.Save().IsDone);
        Assert.Equal("\uFEFF" + crlf.Replace("[Hello]", "[Hello,\r\n  you]", StringComparison.Ordinal),
            _folder.Text("mine"));
    }

    [Fact]
    public void Characters_that_are_no_utf_8_are_not_lost_by_saving()
    {
        byte[] latin = System.Text.Encoding.Latin1.GetBytes(Text.Replace("metal", "métal", StringComparison.Ordinal));
        _folder.Write("mine", latin);
        _draft.Look();
        Assert.True(_draft.Set("comb.mix", "40%").IsDone);
        Assert.Contains("UTF-8", Assert.Single(_draft.Save().Diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal(latin, _folder.Bytes("mine"));
    }

    [Fact]
    public void Two_who_type_at_once_both_find_their_lines()
    {
        _draft.ReplaceFrom(Text, Text.Replace("30%", "31%", StringComparison.Ordinal));
        _draft.ReplaceFrom(Text, Text.Replace("[Hello]", "[Hello, you]", StringComparison.Ordinal));
        Assert.Equal(Text.Replace("30%", "31%", StringComparison.Ordinal)
            .Replace("[Hello]", "[Hello, you]", StringComparison.Ordinal), _draft.Text);
        // In the same line the last one stands, and the other is in the history.
        _draft.ReplaceFrom(Text, Text.Replace("30%", "32%", StringComparison.Ordinal));
        Assert.Contains("32%", _draft.Text, StringComparison.Ordinal);
        _draft.Undo();
        Assert.Contains("31%", _draft.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_and_an_editor_that_change_it_at_the_same_moment_lose_nothing()
    {
        const int Edits = 60;
        Task Page(string path, Func<int, string> value) => Task.Run(() =>
        {
            for (int i = 0; i < Edits; i++)
                Assert.True(_draft.Set(path, value(i)).IsDone);
        }, TestContext.Current.CancellationToken);
        var editor = Task.Run(() =>
        {
            for (int i = 0; i < Edits; i++)
            {
                _folder.Write("mine", Text + $"tags: [t{i}]\n");
                _draft.Look();
            }
        }, TestContext.Current.CancellationToken);
        await Task.WhenAll(Page("comb.mix", i => $"{i}%"), Page("name", i => $"Name {i}"), editor);
        _draft.Look();
        Assert.Null(_draft.Conflict);
        PresetReading reading = _draft.Reading;
        Assert.False(reading.HasErrors, DiagnosticText.Format(reading.Diagnostics));
        Assert.Equal(Text.Replace("30%", "59%", StringComparison.Ordinal)
            .Replace("name: Mine", "name: Name 59", StringComparison.Ordinal) + "tags: [t59]\n", _draft.Text);
        while (_draft.CanUndo)
            _draft.Undo();
        Assert.Equal(Text, _draft.Text);
    }
}
