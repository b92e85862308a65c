using System;
using System.Text;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Presets;

/// <summary>The bytes of a file as text. Presets are UTF-8; other bytes are shown where they stand.</summary>
internal static class FileText
{
    private const int MostDiagnostics = 10;

    /// <summary>Decodes a file; what is no UTF-8 becomes U+FFFD and is reported.</summary>
    public static (SourceText Source, DiagnosticBag Diagnostics) Decode(ReadOnlySpan<byte> bytes, string fileName)
    {
        if (bytes.Length > SourceText.MaximumBytes)
        {
            // The reader refuses it by its length; nobody needs to see what is in it.
            var tooLong = new SourceText(fileName, new string(' ', SourceText.MaximumBytes + 1));
            return (tooLong, new DiagnosticBag(tooLong) { Rule = DiagnosticRule.Text });
        }

        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
        {
            var utf16 = new SourceText(fileName, "");
            var refused = new DiagnosticBag(utf16) { Rule = DiagnosticRule.Text };
            refused.Error(SourceSpan.Beginning, "The file is saved as UTF-16 (\"Unicode\").", "Save it as UTF-8.");
            return (utf16, refused);
        }

        var source = new SourceText(fileName, System.Text.Encoding.UTF8.GetString(bytes));
        var diagnostics = new DiagnosticBag(source) { Rule = DiagnosticRule.Text };
        ReportOtherBytes(bytes, source, diagnostics);
        return (source, diagnostics);
    }

    // A file may hold U+FFFD rightly, so the bytes are asked, not the text.
    private static void ReportOtherBytes(ReadOnlySpan<byte> bytes, SourceText source, DiagnosticBag diagnostics)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes) || bytes.Contains((byte)0))
            return;
        int at = bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? -1 : 0;
        int found = 0;
        while (!bytes.IsEmpty && found < MostDiagnostics)
        {
            bool isValid = Rune.DecodeFromUtf8(bytes, out Rune rune,
                out int used) == System.Buffers.OperationStatus.Done;
            if (!isValid)
            {
                found++;
                diagnostics.Error(source.SpanAt(at), "This character is not saved as UTF-8.",
                    "Save the file as UTF-8, or type the character again.");
            }

            at += rune.Utf16SequenceLength;
            bytes = bytes[used..];
        }
    }
}
