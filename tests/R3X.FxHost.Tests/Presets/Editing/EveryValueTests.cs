using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Comparing;
using R3X.FxHost.Presets.Editing;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Presets.Editing;

/// <summary>Every value of every preset there is, edited in every hand that a file may be written in.</summary>
public sealed partial class EveryValueTests : IDisposable
{
    // Of the values of a file, one in so many is edited in each hand; with --long all of them.
    private const int Share = 3;

    private static readonly Dictionary<string, Func<string, string>> Hands = new()
    {
        ["as it is"] = text => text,
        ["CRLF"] = text => text.Replace("\n", "\r\n", StringComparison.Ordinal),
        ["CR"] = text => text.Replace('\n', '\r'),
        ["byte order mark"] = text => "\uFEFF" + text,
        ["no final newline"] = text => text.TrimEnd('\n'),
        ["double quotes"] = text => Value().Replace(text, "$1\"$2\"$3"),
        ["single quotes"] = text => Value().Replace(text, "$1'$2'$3"),
        ["tabs in notes"] = text => Value().Replace(text, "$1$2\t#\tnote\t"),
        ["braces"] = InBraces,
        ["deeper"] = text => Blanks().Replace(text, blanks => blanks.Value + "  "),
    };

    private readonly EffectCatalogue _catalogue = EffectCatalogue.Discover(
        [Repository.PathOf("plugins")], PluginLoadMode.Shadow);
    private readonly EditedFolder _folder;

    public EveryValueTests() => _folder = new EditedFolder(_catalogue);

    public static TheoryData<string, string> PresetsInEveryHand
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string file in Directory.EnumerateFiles(Repository.PathOf("presets"), "*.yaml").Where(
                file => Path.GetFileName(file) != "host.yaml"))
            {
                foreach (string hand in Hands.Keys)
                    data.Add(Path.GetFileNameWithoutExtension(file), hand);
            }

            return data;
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        _catalogue.Dispose();
    }

    [Theory]
    [MemberData(nameof(PresetsInEveryHand))]
    public void Only_the_bytes_of_the_value_change(string id, string hand) => ChangeThoseThere(id, hand, Share);

    [Theory]
    [MemberData(nameof(PresetsInEveryHand))]
    public void A_value_that_is_not_in_the_file_yet_is_put_in_and_every_byte_of_before_is_still_there(
        string id, string hand) => PutInTheOthers(id, hand, Share);

    [Theory]
    [Trait("Length", "Long")]
    [MemberData(nameof(PresetsInEveryHand))]
    public void All_values_of_a_file_too(string id, string hand)
    {
        ChangeThoseThere(id, hand, 1);
        PutInTheOthers(id, hand, 1);
    }

    private void ChangeThoseThere(string id, string hand, int share)
    {
        Preset before = Put(id, hand);
        byte[] original = _folder.Bytes(id);
        int edited = 0;
        foreach ((string path, Origin origin, string value, _) in SomeOf(before, hand, share, v => v.PresetId == id))
        {
            _folder.Write(id, original);
            _folder.Set(id, path, value);
            Assert.Equal(WithValueAt(System.Text.Encoding.UTF8.GetString(original), origin, value), _folder.Text(id));
            DiffersOnlyAt(before, id, path, value);
            edited++;
        }

        Assert.True(edited > 0 || before.Parent is not null, "The preset has no value of its own.");
    }

    private void PutInTheOthers(string id, string hand, int share)
    {
        Preset before = Put(id, hand);
        byte[] original = _folder.Bytes(id);
        foreach ((string path, _, string value, bool isOff) in SomeOf(before, hand, share, v => v.PresetId != id))
        {
            if (isOff)
                continue;
            _folder.Write(id, original);
            _folder.Set(id, path, value);
            string inserted = InsertedInto(System.Text.Encoding.UTF8.GetString(original), _folder.Text(id));
            Assert.Contains(value, inserted, StringComparison.Ordinal);
            DiffersOnlyAt(before, id, path, value);
        }
    }

    [Theory]
    [MemberData(nameof(PresetsInEveryHand))]
    public void Every_step_is_switched_off_and_on_again_and_the_file_is_as_before(string id, string hand)
    {
        Preset before = Put(id, hand);
        byte[] original = _folder.Bytes(id);
        foreach (PresetStep step in before.Steps.Where(step => !step.IsBypassed && step.Origin.PresetId == id
            && step.ValueOrigins.Any(origin => origin.PresetId == id)))
        {
            // Inside its settings a step may say which effect it is and where it stands; nothing can take their place.
            if ((step.Slot.EffectId != step.Name || before.Parent is not null)
                && _folder.Editor.Set(id, step.Name, "bypass") is { Outcome: PresetEditOutcome.Refused } refused)
            {
                Assert.Contains("in this file, and a step that is off cannot have one",
                    Assert.Single(refused.Diagnostics).Message, StringComparison.Ordinal);
                Assert.Equal(original, _folder.Bytes(id));
                continue;
            }

            _folder.Write(id, original);
            _folder.Set(id, step.Name, "bypass");
            Assert.True(_folder.Good(id).Steps.Single(s => s.Name == step.Name).IsBypassed);
            _folder.Set(id, step.Name, "on");
            Assert.Equal(original, _folder.Bytes(id));
        }
    }

    private Preset Put(string id, string hand)
    {
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("presets"), "*.yaml"))
            File.Copy(file, Path.Combine(_folder.Root, Path.GetFileName(file)));
        _folder.Write(id, Hands[hand](_folder.Text(id)));
        return _folder.Good(id);
    }

    private void DiffersOnlyAt(Preset before, string id, string path, string value)
    {
        PresetDifference difference = Assert.Single(PresetComparison.Between(before, _folder.Good(id)));
        Assert.Equal((path, value), (difference.Step is null ? difference.Key : $"{difference.Step}.{difference.Key}",
            difference.Second?.Trim('"')));
    }

    // One of so many, and in each hand others.
    private static IEnumerable<(string Path, Origin Origin, string Value, bool IsOff)> SomeOf(
        Preset preset, string hand, int share, Func<Origin, bool> isOne) =>
        ValuesOf(preset).Where(value => isOne(value.Origin))
            .Where((_, at) => at % share == Hands.Keys.ToList().IndexOf(hand) % share);

    // Every value with where it was written and another that it could have.
    private static IEnumerable<(string Path, Origin Origin, string Value, bool IsOff)> ValuesOf(Preset preset)
    {
        yield return ("name", preset.Origins.GetValueOrDefault("name", Origin.Default), "Somebody else", false);
        yield return ("about", preset.Origins.GetValueOrDefault("about", Origin.Default), "Something else", false);
        yield return ("amount", preset.Origins.GetValueOrDefault("amount", Origin.Default), "62.5%", false);
        yield return (
            "match-loudness", preset.Origins.GetValueOrDefault("match-loudness", Origin.Default), "-21.5 LUFS", false);
        yield return ("priority", preset.Origins.GetValueOrDefault("priority", Origin.Default), "7", false);
        yield return ("quality", preset.Origins.GetValueOrDefault("quality", Origin.Default),
            preset.Quality == RenderQuality.Full ? "draft" : "full", false);
        foreach (PresetStep step in preset.Steps)
        {
            foreach (StepSetting setting in step.Settings())
            {
                string other = ValueText.Format(setting.Parameter, setting.Parameter.Minimum);
                if (other == setting.Value)
                    other = ValueText.Format(setting.Parameter, setting.Parameter.Maximum);
                yield return ($"{step.Name}.{setting.Name}", setting.Origin, other, step.IsBypassed);
            }
        }
    }

    // By line and column, as an editor finds it.
    private static string WithValueAt(string text, Origin origin, string value)
    {
        int start = text.StartsWith('\uFEFF') ? 1 : 0;
        for (int line = 1; line < origin.Line; line++)
        {
            start = text.IndexOfAny(['\n', '\r'], start);
            start += text.AsSpan(start).StartsWith("\r\n") ? 2 : 1;
        }

        start += origin.Column - 1;
        string quote = text[start] is '"' or '\'' ? text[start].ToString() : "";
        return text[..start] + quote + value + quote + text[(start + origin.Length)..];
    }

    // What an edit put in: a stretch, in front of which a step may have got its colon. Fails when anything of before is
    // gone.
    private static string InsertedInto(string before, string after)
    {
        int same = before.AsSpan().CommonPrefixLength(after);
        if (after.Length - before.Length > 1 && after[same] == ':'
            && !after.EndsWith(before[same..], StringComparison.Ordinal))
            return InsertedInto(before[same..], after[(same + 1)..]);
        Assert.EndsWith(before[same..], after, StringComparison.Ordinal);
        return after[same..^(before.Length - same)];
    }

    // The steps' settings on one line each, where no note would get lost.
    private static string InBraces(string text)
    {
        text = Note().Replace(text, "");
        return Step().Replace(
            text, step => $"{step.Groups[1].Value} {{ {string.Join(", ", Lines(step.Groups[2].Value))} }}\n");
    }

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(
        @"^((?:      [a-z-]+|name|priority|amount|match-loudness|quality): )([^#\n'""]+?)( *(?:#.*)?)$",
        RegexOptions.Multiline)]
    private static partial Regex Value();

    [GeneratedRegex(@" *#[^\n]*")]
    private static partial Regex Note();

    [GeneratedRegex(@"^(  - [a-z-]+:)\n((?:      [^\n]+\n)+)", RegexOptions.Multiline)]
    private static partial Regex Step();

    [GeneratedRegex(@"^ +", RegexOptions.Multiline)]
    private static partial Regex Blanks();
}
