using System;
using System.IO;

namespace R3X.FxHost.Plugins;

/// <summary>A plugin turned out unusable while it was loaded. Never leaves this room.</summary>
internal sealed class PluginRefusedException(string reason, string fix) : Exception(reason)
{
    /// <summary>What to do, a whole sentence.</summary>
    public string Fix { get; } = fix;

    /// <summary>Whether the effect itself failed, and not what it is built or packed like.</summary>
    public bool IsFault { get; init; }

    /// <summary>Puts something that went wrong into words, without keeping it.</summary>
    /// <param name="e">What was thrown, perhaps by the plugin.</param>
    /// <param name="doing">What was being done, such as <c>loading it</c>.</param>
    public static PluginRefusedException BecauseOf(Exception e, string doing) => e switch
    {
        FileNotFoundException { FileName: string missing } => new PluginRefusedException(
            $"While {doing}, {NameIn(missing)} was needed and not found.",
            $"Put {NameIn(missing)} into the plugin's folder, or build the plugin again with EnableDynamicLoading, "
                + $"which copies what it needs."),
        BadImageFormatException => new PluginRefusedException(
            $"It is damaged, or was built for another system or kind of processor: {ForeignException.Describe(e)}",
            "Build it again, for any processor."),
        TypeLoadException => new PluginRefusedException(
            $"It does not fit this host's contract: {ForeignException.Describe(e)}",
            $"Build it again with the {EffectChecks.SdkName} of this host."),
        _ => new PluginRefusedException(
            $"An error came up while {doing}: {ForeignException.Describe(e)}",
            "Correct the plugin, or remove it.")
        {
            IsFault = true,
        },
    };

    // "Name, Version=1.0.0.0, Culture=neutral, ..." or a path.
    private static string NameIn(string fileName)
    {
        int comma = fileName.IndexOf(", Version=", StringComparison.Ordinal);
        return comma < 0 ? Path.GetFileName(fileName) : fileName[..comma] + ".dll";
    }
}
