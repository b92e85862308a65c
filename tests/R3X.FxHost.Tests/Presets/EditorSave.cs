using System;
using System.IO;
using System.Threading.Tasks;

namespace R3X.FxHost.Tests.Presets;

/// <summary>The ways in which editors save a file.</summary>
internal static class EditorSave
{
    public static string[] Ways { get; } = ["in place", "in two halves", "renamed", "deleted and created"];

    public static async Task SaveAsync(string file, string text, string way)
    {
        switch (way)
        {
            case "in place":
                await File.WriteAllTextAsync(file, text);
                break;
            case "in two halves":
                await using (var writer = new StreamWriter(
                    new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)))
                {
                    await writer.WriteAsync(text.AsMemory(0, text.Length / 2));
                    await writer.FlushAsync();
                    await Task.Delay(5);
                    await writer.WriteAsync(text.AsMemory(text.Length / 2));
                }

                break;
            case "renamed":
                await File.WriteAllTextAsync(file + ".tmp", text);
                File.Move(file + ".tmp", file, overwrite: true);
                break;
            case "deleted and created":
                File.Delete(file);
                await Task.Delay(5);
                await File.WriteAllTextAsync(file, text);
                break;
            default:
                throw new ArgumentException($"No editor saves {way}.", nameof(way));
        }
    }
}
