using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Plugins;

/// <summary>
/// A plugin assembly written by the test: real metadata, and classes that inherit what they do from
/// tests/plugins/parts. For mistakes that a compiler would write into a file no differently.
/// </summary>
internal sealed record EmittedPlugin(string Id)
{
    private static readonly string PartsFile = Repository.PathOf(
        "artifacts", "test-plugin-parts", "R3X.FxHost.TestPlugins.Parts.dll");
    private static readonly Assembly Parts = new AssemblyLoadContext("parts for emitting").LoadFromAssemblyPath(
        PartsFile);

    public string Name { get; init; } = "Emitted";

    public EffectRole Role { get; init; } = EffectRole.Space;

    public int ApiLevel { get; init; } = SdkApi.Level;

    /// <summary>The class in tests/plugins/parts that the effect is one of.</summary>
    public string Base { get; init; } = "PassThrough";

    public IReadOnlyList<string> Classes { get; init; } = ["Emitted"];

    public bool IsPublic { get; init; } = true;

    public bool HasConstructorArgument { get; init; }

    public bool HasMark { get; init; } = true;

    /// <summary>Whether the mark says more than the constructor asks for.</summary>
    public bool HasNamedArgument { get; init; }

    /// <summary>The version people read; null for none but the assembly's.</summary>
    public string? Version { get; init; }

    /// <summary>Writes the plugin, with the library it needs beside it.</summary>
    /// <param name="folders">Where.</param>
    /// <param name="folder">The plugin's folder.</param>
    /// <returns>The assembly's path.</returns>
    public string WriteTo(PluginFolders folders, string folder)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Emitted." + folder), typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule("Emitted");
        if (HasMark)
        {
            ConstructorInfo mark = typeof(EffectAttribute).GetConstructors().Single();
            PropertyInfo named = typeof(EffectAttribute).GetProperty(nameof(EffectAttribute.LatencyIsMeasurable))!;
            assembly.SetCustomAttribute(HasNamedArgument
                ? new CustomAttributeBuilder(mark, [Id, Name, Role, ApiLevel], [named], [false])
                : new CustomAttributeBuilder(mark, [Id, Name, Role, ApiLevel]));
        }

        if (Version is { } version)
        {
            ConstructorInfo informational = typeof(AssemblyInformationalVersionAttribute).GetConstructors().Single();
            assembly.SetCustomAttribute(new CustomAttributeBuilder(informational, [version]));
        }

        foreach (string name in Classes)
            DefineEffect(module, name);
        string file = folders.Write(folder, "Emitted." + folder + ".dll", []);
        assembly.Save(file);
        File.Copy(PartsFile, Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(PartsFile)), overwrite: true);
        return file;
    }

    private void DefineEffect(ModuleBuilder module, string name)
    {
        Type parent = Parts.GetType("R3X.FxHost.TestPlugins." + Base, throwOnError: true)!;
        TypeBuilder type = module.DefineType(name, IsPublic ? TypeAttributes.Public : TypeAttributes.NotPublic, parent);
        ConstructorInfo parentConstructor = parent.GetConstructor(BindingFlags.NonPublic | BindingFlags.Instance, [])!;
        ILGenerator code = type.DefineConstructor(
            MethodAttributes.Public,
            CallingConventions.HasThis,
            HasConstructorArgument ? [typeof(int)] : []).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, parentConstructor);
        code.Emit(OpCodes.Ret);
        type.CreateType();
    }
}
