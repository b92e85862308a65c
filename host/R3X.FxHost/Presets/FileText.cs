using System;
using System.Text;
using R3X.FxHost.Presets.Yaml;

namespace R3X.FxHost.Presets;

/// <summary>The bytes of a file as text. Presets are UTF-8; other bytes are shown where they stand.</summary>
internal static class FileText
{
    private const int MostComplaints = 10;

    /// <summary>Decodes a file; what is no UTF-8 becomes U+FFFD and is reported.</summary>
    public static (SourceText Source, Mistakes Mistakes) Decode(ReadOnlySpan<byte> bytes, string fileName)
    {
        if (bytes.Length > SourceText.MaximumBytes)
        {
            // The reader refuses it by its length; nobody needs to see what is in it.
            var tooLong = new SourceText(fileName, new string(' ', SourceText.MaximumBytes + 1));
            return (tooLong, new Mistakes(tooLong) { Rule = DiagnosticRule.Text });
        }

        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
        {
            var utf16 = new SourceText(fileName, "");
            var refused = new Mistakes(utf16) { Rule = DiagnosticRule.Text };
            refused.Error(SourceSpan.Beginning, "The file is saved as UTF-16 (\"Unicode\").", "Save it as UTF-8.");
            return (utf16, refused);
        }

        var source = new SourceText(fileName, System.Text.Encoding.UTF8.GetString(bytes));
        var mistakes = new Mistakes(source) { Rule = DiagnosticRule.Text };
        ReportOtherBytes(bytes, source, mistakes);
        return (source, mistakes);
    }

    // A file may hold U+FFFD rightly, so the bytes are asked, not the text.
    private static void ReportOtherBytes(ReadOnlySpan<byte> bytes, SourceText source, Mistakes mistakes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes) || bytes.Contains((byte)0))
            return;
        int at = bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? -1 : 0;
        int complaints = 0;
        while (!bytes.IsEmpty && complaints < MostComplaints)
        {
            bool isValid = Rune.DecodeFromUtf8(bytes, out Rune rune, out int used) == System.Buffers.OperationStatus.Done;
            if (!isValid)
            {
                complaints++;
                mistakes.Error(source.SpanAt(at), "This character is not saved as UTF-8.", "Save the file as UTF-8, or type the character again.");
            }

            at += rune.Utf16SequenceLength;
            bytes = bytes[used..];
        }
    }
}
