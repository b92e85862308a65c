using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance;

/// <summary>An effect's code in a context of its own, with the libraries beside it; shared is the Sdk alone.</summary>
internal sealed class EffectContext : AssemblyLoadContext
{
    private readonly string _file;
    private readonly AssemblyDependencyResolver _resolver;

    public EffectContext(string file, bool isCollectible)
        : base(Path.GetFileNameWithoutExtension(file), isCollectible)
    {
        _file = Path.GetFullPath(file);
        _resolver = new AssemblyDependencyResolver(_file);
    }

    /// <summary>The one public effect in the file.</summary>
    /// <exception cref="InvalidOperationException">There is none, or there are several.</exception>
    public Type FindEffect()
    {
        Type[] effects = [.. LoadFromAssemblyPath(_file).GetExportedTypes().Where(
            t => t.IsClass && !t.IsAbstract && !t.ContainsGenericParameters && typeof(IEffect).IsAssignableFrom(t))];
        return effects.Length == 1 && effects[0].GetConstructor(Type.EmptyTypes) is not null
            ? effects[0]
            : throw new InvalidOperationException(
                $"{_file} has {effects.Length} public classes that implement IEffect. It needs one, with a public "
                + "constructor without parameters.");
    }

    /// <summary>A type of the file by its name.</summary>
    public Type FindType(string name) => LoadFromAssemblyPath(_file).GetType(name, throwOnError: true)!;

    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name == typeof(IEffect).Assembly.GetName().Name ? typeof(IEffect).Assembly
            : _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path)
            : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
