using System;
using System.Collections.Generic;
using System.IO;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets.Editing;

/// <summary>A preset's file as it was read, for programs that edit its text and save it. Immutable; any
/// thread.</summary>
public sealed class PresetTextFile
{
    private readonly byte[] _bytes;

    private PresetTextFile(string file, byte[] bytes)
    {
        (SourceText source, DiagnosticBag diagnostics) = FileText.Decode(bytes, Path.GetFileName(file));
        (File, Text, Diagnostics, _bytes) = (file, source.Text, diagnostics.ToList(), bytes);
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>Its text, without a byte order mark.</summary>
    public string Text { get; }

    /// <summary>What is wrong with its bytes, such as characters that are no UTF-8; mostly empty.</summary>
    public IReadOnlyList<PresetDiagnostic> Diagnostics { get; }

    /// <summary>Whether the text says all that the file holds. Where it does not, as with characters that are no UTF-8
    /// or a file over 256 KiB, saving an edited text would lose the rest.</summary>
    public bool IsExact => WholeFile.WithBomOf(_bytes, Text).AsSpan().SequenceEqual(_bytes);

    /// <summary>Reads a file, and waits a moment for a program that is writing it, 200 ms at most.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Null where it is missing or cannot be read.</returns>
    public static PresetTextFile? Read(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var read = StableRead.Of(file, PresetFile.StampOf(file), null, TimeProvider.System, StableRead.Quiet);
        return read.WhyNot.Length > 0 ? null : new PresetTextFile(file, read.Bytes);
    }

    /// <summary>Whether the file is there and holds the same bytes as another that was read.</summary>
    /// <param name="other">The other; null for none.</param>
    public bool IsSameAs(PresetTextFile? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <summary>Writes another text in its place, in one step, with the byte order mark that it has, if it
    /// does.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The file as it is now; null when it was not written, as it holds something else by now.</returns>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    public PresetTextFile? Save(string text)
    {
        byte[] bytes = WholeFile.WithBomOf(_bytes, text);
        return WholeFile.Replace(File, _bytes, bytes) ? new PresetTextFile(File, bytes) : null;
    }

    /// <summary>Writes a file that is not there.</summary>
    /// <param name="file">The file.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="IOException">It is there already, or cannot be written; the message names it.</exception>
    public static PresetTextFile Create(string file, string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        WholeFile.Create(file, bytes);
        return new PresetTextFile(file, bytes);
    }

    /// <summary>Writes its bytes where the file was deleted.</summary>
    /// <exception cref="IOException">It is there, or cannot be written; the message names it.</exception>
    public void Restore() => CopyTo(File);

    /// <summary>Writes the same bytes to a file that is not there.</summary>
    internal void CopyTo(string file) => WholeFile.Create(file, _bytes);
}
