using System;
using System.IO;
using System.Text.Json;

namespace R3X.FxHost.Plugins;

/// <summary>The list of files that a plugin says it depends on (<c>.deps.json</c>), which the runtime loads
/// from.</summary>
internal static class DependencyList
{
    /// <summary>Refuses a plugin whose list leads out of its folder.</summary>
    /// <param name="file">The effect's assembly.</param>
    /// <exception cref="PluginRefusedException">It names a path outside, or is no JSON.</exception>
    public static void Check(string file)
    {
        string list = Path.ChangeExtension(file, ".deps.json");
        if (!File.Exists(list))
            return;
        try
        {
            ReadOnlySpan<byte> text = File.ReadAllBytes(list);
            ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
            var reader = new Utf8JsonReader(text.StartsWith(mark) ? text[mark.Length..] : text,
                new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            while (reader.Read())
            {
                // Paths are names of properties as well as values.
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String
                    && reader.GetString() is { } said && LeadsOut(said))
                {
                    throw new PluginRefusedException(
                        $"The list of what it depends on, {Path.GetFileName(list)}, names \"{said}\", which is outside "
                            + "of its folder.",
                        "Put what it needs into its folder, and build it again with EnableDynamicLoading.");
                }
            }
        }
        catch (JsonException)
        {
            throw new PluginRefusedException(
                $"The list of what it depends on, {Path.GetFileName(list)}, is damaged.",
                "Copy it again from where it was built.");
        }
    }

    private static bool LeadsOut(string path)
    {
        foreach (string part in path.Split('/', '\\'))
        {
            if (part == "..")
                return true;
        }

        return path.StartsWith('/') || path.StartsWith('\\');
    }
}
