using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsCheck;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;
using R3X.FxHost.Presets.Values;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Editing;

/// <summary>The product's presets, edited at random one edit after the other.</summary>
public sealed class RandomEditTests
{
    private static readonly string[] Files = [.. Directory.EnumerateFiles(Repository.PathOf("presets"), "*.yaml")
        .Where(file => Path.GetFileName(file) != "host.yaml").Order(StringComparer.Ordinal)];

    private static readonly Gen<(int Kind, int Step, int Other)> Edit =
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1_000], Gen.Int[0, 1_000]);

    [Fact]
    public void Whatever_is_edited_the_text_is_sound_keeps_its_notes_and_is_as_before_after_the_contrary_edit() =>
        EditEach(texts: 200);

    [Fact]
    [Trait("Length", "Long")]
    public void Of_many_more_texts_too() => EditEach(texts: 2_000);

    private static void EditEach(int texts)
    {
        using var catalogue = EffectCatalogue.Discover([Repository.PathOf("plugins")], PluginLoadMode.Shadow);
        var library = new PresetLibrary(Repository.PathOf("presets"), catalogue);
        int[] done = new int[6];
        Gen.Select(Gen.Int[0, Files.Length - 1], Gen.Bool, Edit.Array[1, 10]).Sample((file, isCrlf, edits) =>
        {
            string text = File.ReadAllText(Files[file]);
            text = isCrlf ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text;
            var editor = new PresetTextEditor(library, Files[file]);
            foreach ((int kind, int step, int other) in edits)
            {
                Preset preset = library.Read(text, Path.GetFileName(Files[file])).Preset!;
                (PresetTextEdit edit, Func<string, PresetTextEdit>? contrary) =
                    One(editor, catalogue, preset, text, kind, step, other);
                string told = $"{Path.GetFileName(Files[file])} {kind} {step} {other}: {edit.Outcome}\n"
                    + DiagnosticText.Format(edit.Diagnostics);
                PresetReading after = library.Read(edit.Text, Path.GetFileName(Files[file]));
                Assert.False(after.HasErrors, told);
                Assert.DoesNotContain("not changed by program", told, StringComparison.Ordinal);
                if (edit.Outcome == PresetEditOutcome.Written)
                {
                    done[kind]++;
                    // What a switched-on step kept as notes are settings again; what goes takes its own notes along.
                    if (kind is not (1 or 4) && !(kind == 2 && other % 5 == 0))
                        Assert.Empty(Notes(text).Except(Notes(edit.Text)));
                    if (contrary is not null)
                        Assert.Equal(text, contrary(edit.Text).Text);
                }
                else
                {
                    Assert.Equal(text, edit.Text);
                }

                text = edit.Text;
            }
        }, iter: texts, threads: 1);
        Assert.All(done, count => Assert.True(count > 0, string.Join(", ", done)));
    }

    private static (PresetTextEdit Edit, Func<string, PresetTextEdit>? Contrary) One(
        PresetTextEditor editor, EffectCatalogue catalogue, Preset preset, string text, int kind, int step, int other)
    {
        PresetStep one = preset.Steps[step % preset.Steps.Count];
        PresetStep? before = preset.Steps.ElementAtOrDefault(other % (preset.Steps.Count + 1));
        List<StepSetting> settings = [.. one.Settings()];
        StepSetting setting = settings[other % settings.Count];
        string path = $"{one.Name}.{setting.Name}";
        switch (kind)
        {
            case 0:
                double value = setting.Parameter.Minimum
                    + (other % 7 / 6.0 * (setting.Parameter.Maximum - setting.Parameter.Minimum));
                return (editor.Set(text, path, ValueText.Format(setting.Parameter, value)),
                    setting.Origin.PresetId == preset.Id || one.SwitchOrigin.PresetId == preset.Id
                        ? null : after => editor.Reset(after, path));
            case 1:
                return (editor.Set(text, one.Name, one.IsBypassed ? "on" : "bypass"), null);
            case 2:
                return (editor.Reset(text, other % 5 == 0 ? one.Name : path), null);
            case 3:
                string effect = catalogue.Effects[step % catalogue.Effects.Count].Id;
                return (editor.AddStep(text, effect, before?.Name), after => editor.RemoveStep(after,
                    StepsOf(editor, after).Except(preset.Steps.Select(s => s.Name)).Single()));
            case 4:
                return (editor.RemoveStep(text, one.Name), null);
            default:
                string? next = preset.Steps.SkipWhile(s => s != one).Skip(1).FirstOrDefault()?.Name;
                return (editor.MoveStep(text, one.Name, before?.Name),
                    preset.Parent is null ? after => editor.MoveStep(after, one.Name, next) : null);
        }
    }

    private static IEnumerable<string> StepsOf(PresetTextEditor editor, string text) =>
        editor.Read(text).Preset!.Steps.Select(step => step.Name);

    private static IEnumerable<string> Notes(string text) => text.Split('\n')
        .Where(line => line.Contains('#', StringComparison.Ordinal))
        .Select(line => line[line.IndexOf('#', StringComparison.Ordinal)..].TrimEnd());
}
