using System;
using System.IO;
using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Values;
using R3X.FxHost.Sdk;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

public sealed class PresetReaderTests
{
    private readonly FakeCatalogue _catalogue = new();

    [Fact]
    public void A_preset_becomes_a_plan_with_a_value_for_every_setting()
    {
        Preset preset = Good("preset: 1\nname: Mine\nabout: My voice.\ntags: [a, b]\nquality: draft\nmatch-loudness: "
            + "-18 LUFS\ntry-with: Hello.\nchain:\n- space: { effect: comb, mix: 40%, delay: 0.01 s }\n- limiter\n");
        Assert.Equal(("mine", "Mine", "My voice.", RenderQuality.Draft, -18.0),
            (preset.Id, preset.Name, preset.About, preset.Quality, preset.MatchLoudness));
        Assert.Equal(["a", "b"], preset.Tags);
        Assert.Equal(["Hello."], preset.TryWith);
        Assert.Equal("mine", preset.Plan.PresetId);
        Assert.Equal(RenderQuality.Draft, preset.Plan.Quality);
        Assert.Equal(["space:comb", "limiter:limiter"], preset.Plan.Slots.Select(s => $"{s.Step}:{s.EffectId}"));
        Assert.Equal([10.0, 30, 0, 8000, 40], preset.Plan.Slots[0].Values.Select(v => v.Still));
        Assert.Equal([-1, 80, 1.5], preset.Plan.Slots[1].Values.Select(v => v.Still));
        Assert.Equal(EffectRole.Limiter, preset.Plan.Slots[1].Role);
    }

    [Fact]
    public void Flow_and_block_style_give_the_same_plan()
    {
        Preset flow = Good("{preset: 1, chain: [eq, {comb: {mix: 40%, delay: 5 ms}}, limiter]}");
        Preset block = Good(
            "preset: 1\nchain:\n  - eq\n  - comb:\n      mix: '40%'\n      delay: \"5 ms\"\n  - limiter\n");
        Assert.Equal(flow.Plan.Slots.Select(s => s.Step), block.Plan.Slots.Select(s => s.Step));
        Assert.Equal(flow.Plan.Slots.SelectMany(s => s.Values), block.Plan.Slots.SelectMany(s => s.Values));
    }

    [Fact]
    public void A_bypassed_step_is_known_but_not_in_the_plan()
    {
        Preset preset = Good("preset: 1\nchain: [eq: on, comb: bypass, limiter]");
        Assert.Equal(["eq", "comb", "limiter"], preset.Steps.Select(s => s.Name));
        Assert.Equal(["eq", "limiter"], preset.Plan.Slots.Select(s => s.Step));
    }

    [Fact]
    public void Only_the_effects_that_a_preset_names_are_loaded()
    {
        Good("preset: 1\nchain: [comb, limiter]");
        Assert.Equal(["comb", "limiter"], _catalogue.Loaded);
    }

    [Fact]
    public void Without_a_name_a_preset_is_called_by_its_id() =>
        Assert.Equal("mine", Good("preset: 1\nchain: [limiter]").Name);

    [Fact]
    public void An_earlier_limiter_is_fine_where_a_limiter_ends_the_chain() =>
        Assert.Empty(LoosePreset.Read("preset: 1\nchain: [first: {effect: limiter}, comb, limiter]", "mine.yaml",
            _catalogue).Diagnostics);

    [Fact]
    public void A_preset_may_say_that_it_is_for_no_line_of_its_own() =>
        Assert.Empty(LoosePreset.Read("preset: 1\nuse-when: []\npriority: 3\nchain: [limiter]", "mine.yaml",
            _catalogue).Diagnostics);

    [Fact]
    public void Where_no_plugins_are_installed_the_message_says_where_they_were_looked_for()
    {
        PresetReading reading = LoosePreset.Read("preset: 1\nchain: [limiter]", "mine.yaml", FakeCatalogue.Empty());
        Assert.Equal("\"limiter\" is not an effect: none was found in /opt/r3x/plugins.",
            Assert.Single(reading.Diagnostics).Message);
    }

    [Fact]
    public void Neutral_spells_out_the_six_effects_at_their_defaults()
    {
        string text = File.ReadAllText(Repository.PathOf("presets", "neutral.yaml"));
        Preset preset = LoosePreset.Read(text, "neutral.yaml", _catalogue).Preset!;
        Assert.Equal(["eq", "compressor", "exciter", "saturation", "comb", "limiter"],
            preset.Plan.Slots.Select(s => s.EffectId));
        Assert.All(
            preset.Plan.Slots, s => Assert.Equal(s.Parameters.Select(p => p.Default), s.Values.Select(v => v.Still)));
        foreach (Parameter parameter in preset.Plan.Slots.SelectMany(s => s.Parameters))
            Assert.Contains(
                $" {parameter.Id}: {ValueText.Format(parameter, parameter.Default)}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_larger_than_256_KiB_is_refused_for_its_size()
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(
            "preset: 1\nchain: [limiter]\n" + new string('#', 256 * 1024));
        PresetDiagnostic only = Assert.Single(LoosePreset.Read(bytes, "mine.yaml", _catalogue).Diagnostics);
        Assert.Equal("The file is larger than 256 KiB.", only.Message);
    }

    [Fact]
    public void Nesting_deeper_than_64_levels_is_refused()
    {
        string text = "preset: 1\nabout: " + new string('[', 100_000);
        Assert.Null(LoosePreset.Read(text, "mine.yaml", _catalogue).Preset);
        string closed = "preset: 1\nchain: [limiter]\nabout: " + new string('[', 70) + new string(']', 70);
        Assert.Contains(LoosePreset.Read(closed, "mine.yaml", _catalogue).Diagnostics,
            d => d.Message.Contains("64 levels", StringComparison.Ordinal));
    }

    [Fact]
    public void A_binary_file_is_called_one()
    {
        PresetDiagnostic only = Assert.Single(
            LoosePreset.Read([0x52, 0x49, 0x46, 0x46, 0, 0, 255, 254], "mine.yaml", _catalogue).Diagnostics);
        Assert.Equal("This is not a text file: it holds zero bytes.", only.Message);
    }

    [Fact]
    public void A_letter_saved_in_an_old_code_page_is_shown_where_it_stands()
    {
        byte[] bytes = System.Text.Encoding.Latin1.GetBytes("preset: 1\nname: Café\nchain: [lmiter]\n");
        PresetReading reading = LoosePreset.Read(bytes, "mine.yaml", _catalogue);
        Assert.Equal([(2, 10), (3, 9)], reading.Diagnostics.Select(d => (d.Line, d.Column)));
        Assert.Contains("UTF-8", reading.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_UTF_16_is_called_by_its_name()
    {
        byte[] bytes = [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes("preset: 1")];
        PresetDiagnostic only = Assert.Single(LoosePreset.Read(bytes, "mine.yaml", _catalogue).Diagnostics);
        Assert.Equal("Save it as UTF-8.", only.Fix);
    }

    [Fact]
    public void After_a_hundred_mistakes_no_more_are_told()
    {
        string text = "preset: 1\nchain: [limiter]\n" + string.Concat(
            Enumerable.Range(0, 5000).Select(i => $"key{i}: x\n"));
        PresetReading reading = LoosePreset.Read(text, "mine.yaml", _catalogue);
        Assert.Equal(101, reading.Diagnostics.Count);
        Assert.Equal("There are more than 100 mistakes.", reading.Diagnostics[^1].Message);
    }

    [Fact]
    public void Every_syntax_mistake_is_told_and_the_rest_is_still_checked()
    {
        string text = "preset: 1\nname: \"open\nchain:\n  - eq:\n      presence:4 kHz\n      high-pass: 50 kHz\n  - "
            + "comb: { mix: 35%\n  - limiter:\n      ceiling: - 1 dB\n      release: 80\n";
        PresetReading reading = LoosePreset.Read(text, "mine.yaml", _catalogue);
        Assert.Equal([2, 5, 6, 7, 9, 10], reading.Diagnostics.Select(d => d.Line));
    }

    private Preset Good(string text)
    {
        PresetReading reading = LoosePreset.Read(text, "mine.yaml", _catalogue);
        Assert.Empty(reading.Diagnostics);
        return reading.Preset!;
    }
}
