using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Plugins;

/// <summary>What can be said about an effect without loading it.</summary>
internal static class EffectChecks
{
    // effects/Directory.Build.props names them so: the library's own name, and whose they are.
    private static readonly string ShippedPrefix = typeof(EffectChecks).Assembly.GetName().Name + ".Effects.";

    /// <summary>The name of the one assembly that host and plugins share.</summary>
    public static string SdkName { get; } = typeof(IEffect).Assembly.GetName().Name!;

    /// <summary>Whether an effect is one of those that the host is shipped with, by its assembly's name.</summary>
    public static bool ComesWithTheHost(DllFile file) => ComesWithTheHost(file.AssemblyName);

    /// <summary>The same by that name.</summary>
    public static bool ComesWithTheHost(string? assemblyName) =>
        assemblyName?.StartsWith(ShippedPrefix, StringComparison.Ordinal) == true;

    /// <summary>Why an assembly that says it is an effect cannot be used; null when it can.</summary>
    /// <param name="file">The assembly.</param>
    /// <param name="mark">What it says of itself.</param>
    /// <param name="sdkCopy">The path of an Sdk that lies beside it, if one does.</param>
    public static RefusedPlugin? Refusal(DllFile file, EffectMark mark, string? sdkCopy)
    {
        // Level first: at another level the rest may mean something else.
        if (mark.ApiLevel != SdkApi.Level)
        {
            string level = mark.ApiLevel is int known ? $"API level {known}" : "an API level this host does not know";
            return new RefusedPlugin(
                file.File,
                $"It was built for {level}; this host speaks API level {SdkApi.Level}.",
                $"Build it again with the {SdkName} of this host, or use a host of the level it was built for.");
        }

        if (!KebabCase.IsValid(mark.Id))
            return new RefusedPlugin(file.File, $"Its id {KebabCase.Quote(mark.Id)} is not one a preset can name.",
                $"Write the id as {KebabCase.Rule}.");
        if (string.IsNullOrWhiteSpace(mark.Name))
            return new RefusedPlugin(file.File, $"The effect \"{mark.Id}\" has no name for people to read.",
                "Give it one in its Effect attribute.");
        if (!typeof(EffectRole).IsEnumDefined(mark.Role))
        {
            return new RefusedPlugin(
                file.File,
                $"The effect \"{mark.Id}\" has the role number {mark.Role}, which does not exist.",
                $"Use one of {string.Join(", ", typeof(EffectRole).GetEnumNames())}.");
        }

        if (sdkCopy is not null)
        {
            return new RefusedPlugin(
                file.File,
                $"Its folder holds a private copy of the contract, {sdkCopy}, so host and plugin could mean different "
                    + $"things by an effect.",
                $"Delete that file, and reference {SdkName} with Private=\"false\" so that a build does not copy it "
                    + $"again.");
        }

        return null;
    }

    /// <summary>The description of an effect without a refusal.</summary>
    public static EffectDescription Describe(DllFile file, EffectMark mark) =>
        new(mark.Id, mark.Name, (EffectRole)mark.Role, file.Version, file.File) { Help = mark.Help };
}
