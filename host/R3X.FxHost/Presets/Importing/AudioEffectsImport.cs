using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using R3X.FxHost.Plugins;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Presets.Editing;

namespace R3X.FxHost.Presets.Importing;

/// <summary>
/// Turns the earlier program's <c>audio_effects.json</c> into a preset: the steps in the file's order, the limiter
/// last. What it does not know is named, in the preset too. Any thread.
/// </summary>
public static class AudioEffectsImport
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads a configuration.</summary>
    /// <param name="json">The file.</param>
    /// <param name="fileName">What messages call it.</param>
    /// <param name="name">The preset's name; <see cref="NewPreset.IdFrom"/> makes its id of it.</param>
    /// <param name="presets">The folder the preset will stand in, to check it as it is read there.</param>
    /// <param name="catalogue">The effects.</param>
    public static ImportedPreset Read(
        ReadOnlyMemory<byte> json, string fileName, string name, PresetLibrary presets, IEffectCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(presets);
        ArgumentNullException.ThrowIfNull(name);
        if (json.Span.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
            json = json[3..];
        var source = new SourceText(fileName, System.Text.Encoding.UTF8.GetString(json.Span));
        var diagnostics = new DiagnosticBag(source);
        if (FirstBrokenByte(json.Span) is { } at)
        {
            int line = json.Span[..at].Count((byte)'\n') + 1;
            int column = System.Text.Encoding.UTF8.GetCharCount(
                json.Span[(json.Span[..at].LastIndexOf((byte)'\n') + 1)..at]) + 1;
            diagnostics.Error(
                new SourceSpan(line, column, 1),
                $"The file is not UTF-8: the byte {json.Span[at]:X2} here is no letter.",
                "Save it as UTF-8 in an editor, and look whether the words around it came through.");
            return new ImportedPreset(null, [], diagnostics.ToList());
        }

        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                diagnostics.Error(
                    SourceSpan.Beginning, "The file is JSON, but no configuration: it does not begin with a brace.",
                    "Name an audio_effects.json.");
            else
                return Import(document.RootElement, fileName, name, presets, catalogue);
        }
        catch (JsonException e)
        {
            int line = Math.Clamp((int)(e.LineNumber ?? 0) + 1, 1, source.LineCount);
            int column = Math.Clamp((int)(e.BytePositionInLine ?? 0) + 1, 1, source.Line(line).Length + 1);
            diagnostics.Error(new SourceSpan(line, column, 1), "The file is no proper JSON from here on.",
                "Look for a missing quote, comma or brace here or in the line above.");
        }

        return new ImportedPreset(null, [], diagnostics.ToList());
    }

    private static int? FirstBrokenByte(ReadOnlySpan<byte> text)
    {
        for (int at = 0; at < text.Length;)
        {
            if (System.Text.Rune.DecodeFromUtf8(text[at..], out _,
                out int length) != System.Buffers.OperationStatus.Done)
                return at;
            at += length;
        }

        return null;
    }

    private static ImportedPreset Import(
        JsonElement root, string fileName, string name, PresetLibrary presets, IEffectCatalogue catalogue)
    {
        var steps = new OldSteps(fileName, catalogue);
        foreach (JsonProperty section in root.EnumerateObject().OrderBy(section => section.Name == OldSection.Limiter))
            steps.Add(section.Name, section.Value);
        if (steps.Diagnostics.Count == 0 && steps.Steps.Count == 0)
            steps.Refuse(
                $"There is no section that could be imported. There are: {string.Join(", ", OldSection.All.Keys)}.",
                "Name an audio_effects.json.");
        if (steps.Diagnostics.Count > 0)
            return new ImportedPreset(null, [], steps.Diagnostics);
        string text = ImportedText.Of(name, fileName, steps);
        PresetReading reading = presets.Read(text, NewPreset.IdFrom(name) + PresetFile.Extension);
        return new ImportedPreset(reading.HasErrors ? null : text, [.. steps.Notes], reading.Diagnostics);
    }
}

/// <summary>What came of importing a configuration.</summary>
/// <param name="Text">The preset's text, checked; null when it could not be imported.</param>
/// <param name="Notes">What the reader should know of the result, a sentence or two each: what was moved, left out or
/// cut to its range.</param>
/// <param name="Diagnostics">What is wrong: with the configuration when there is no text, else warnings about the
/// preset.</param>
public sealed record ImportedPreset(
    string? Text, IReadOnlyList<string> Notes, IReadOnlyList<PresetDiagnostic> Diagnostics);
