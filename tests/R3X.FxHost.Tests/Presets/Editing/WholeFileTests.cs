using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Editing;

/// <summary>How an edited file gets onto the disk.</summary>
public sealed class WholeFileTests : IDisposable
{
    private const string Text = "preset: 1\nchain:\n  - comb: { mix: 30% }\n";

    private readonly EditedFolder _folder = new();

    public WholeFileTests() => _folder.Write("mine", Text);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_someone_else_changed_is_refused_and_left_alone()
    {
        string hash = _folder.Editor.HashOf("mine")!;
        _folder.Write("mine", Text + "# mine\n");
        PresetEdit edit = _folder.Editor.Set("mine", "comb.mix", "40%", hash);
        Assert.Equal(PresetEditOutcome.Stale, edit.Outcome);
        Assert.Equal("mine.yaml  The file was changed by someone else since it was read, so nothing was written.\n "
            + "Read it again, and repeat the change.", DiagnosticText.Format(edit.Diagnostics));
        Assert.Equal(Text + "# mine\n", _folder.Text("mine"));
        Assert.Equal(PresetEditOutcome.Written, _folder.Editor.Set("mine", "comb.mix", "40%", edit.Hash).Outcome);
    }

    [Fact]
    public void A_symbolic_link_stays_one_and_its_file_is_changed_with_its_permissions()
    {
        if (OperatingSystem.IsWindows())
            return;
        string real = Path.Combine(
            Directory.CreateDirectory(Path.Combine(_folder.Root, "elsewhere")).FullName, "real.txt");
        File.Move(_folder.PathOf("mine"), real);
        File.SetUnixFileMode(
            real, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherWrite);
        UnixFileMode mode = File.GetUnixFileMode(real);
        File.CreateSymbolicLink(_folder.PathOf("mine"), Path.Combine("elsewhere", "real.txt"));
        _folder.Set("mine", "comb.mix", "40%");
        Assert.Equal(Path.Combine("elsewhere", "real.txt"), new FileInfo(_folder.PathOf("mine")).LinkTarget);
        Assert.Contains("40%", File.ReadAllText(real), StringComparison.Ordinal);
        Assert.Equal(mode, File.GetUnixFileMode(real));
        Assert.Equal(["real.txt"],
            Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(real)!).Select(path => Path.GetFileName(path)!));
    }

    [Fact]
    public void A_file_that_cannot_be_replaced_is_named_and_nothing_is_left_behind()
    {
        string taken = Directory.CreateDirectory(Path.Combine(_folder.Root, "taken.yaml")).FullName;
        IOException e = Assert.Throws<IOException>(() => WholeFile.Replace(taken, [], [1]));
        Assert.Contains(taken, e.Message, StringComparison.Ordinal);
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(_folder.Root).Count());
    }

    [Fact]
    public async Task Whoever_reads_while_edits_go_on_finds_whole_presets_and_edits_of_two_programs_never_mix()
    {
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(
            () =>
            {
                HashSet<string> texts = [];
                while (!stop.IsCancellationRequested)
                    texts.Add(_folder.Text("mine"));
                return texts;
            },
            TestContext.Current.CancellationToken);
        int[] written = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(writer => Task.Run(() => Enumerable.Range(0, 40).Count(
            i => _folder.Editor.Set("mine", "comb.mix",
                $"{(writer * 40) + i}%").Outcome == PresetEditOutcome.Written))));
        await stop.CancelAsync();
        Assert.All(await reader, text => Assert.Matches("^preset: 1\nchain:\n  - comb: { mix: \\d+% }\n$", text));
        Assert.All(written, count => Assert.NotEqual(0, count));
        Assert.Equal([_folder.PathOf("mine")], Directory.EnumerateFiles(_folder.Root));
    }
}
