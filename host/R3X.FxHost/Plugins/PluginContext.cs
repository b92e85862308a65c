using System;
using System.Collections.Concurrent;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using McMaster.NETCore.Plugins.Loader;
using R3X.FxHost.Sdk;
using R3X.FxHost.Watching;

namespace R3X.FxHost.Plugins;

/// <summary>
/// One plugin's code in memory, in a context of its own that shares nothing with the host but the Sdk and the
/// framework. It is the only holder of plugin objects in the host, and lets go of them in <see cref="Unload"/>. Any
/// thread.
/// </summary>
internal sealed class PluginContext : IEffectCode
{
    // What cannot be unloaded is loaded once, for all hosts of the process.
    private static readonly ConcurrentDictionary<(string, long, DateTime), Lazy<AssemblyLoadContext>> Staying = new();

    private readonly string _effectId;
    private readonly string _file;
    private AssemblyLoadContext? _context;
    private volatile Type? _type;

    /// <summary>Makes an empty context for a plugin.</summary>
    /// <param name="effectId">Its effect's id.</param>
    /// <param name="file">The effect's assembly, an absolute path.</param>
    /// <param name="isUnloadable">Whether it can be unloaded; code compiled ahead of time is then not used.</param>
    /// <exception cref="PluginRefusedException">The list of its dependencies cannot be read.</exception>
    public PluginContext(string effectId, string file, bool isUnloadable)
    {
        _effectId = effectId;
        _file = file;
        DependencyList.Check(file);
        try
        {
            _context = isUnloadable ? Build(file, isUnloadable: true) : StayingOf(file);
            UnhandledExceptions.Watch(_context, effectId);
        }
        catch (Exception e)
        {
            throw PluginRefusedException.BecauseOf(e, "looking for what it depends on");
        }
    }

    /// <inheritdoc/>
    public Parameter[] Load()
    {
        // Its code runs here for the first time, and might not return.
        bool returned = Watchdog.TryCall(
            () =>
            {
                LoadType();
                return SmokeTest.ParametersOf(this);
            },
            null,
            out Parameter[]? parameters);
        return returned ? parameters! : throw new PluginRefusedException(
            "It did not return: its constructor, its static fields or its Parameters go on for ever.",
            "Correct the plugin, or remove it.")
        {
            IsFault = true,
        };
    }

    // Loads the assembly, with what it refers to, and finds its effect.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LoadType()
    {
        try
        {
            _type = EffectTypeIn(_context!, _file);
        }
        catch (Exception e) when (e is not PluginRefusedException)
        {
            throw PluginRefusedException.BecauseOf(e, "loading it");
        }
    }

    /// <summary>Makes a fresh effect.</summary>
    /// <exception cref="InvalidOperationException">
    /// The effect's constructor threw, or the plugin is unloaded. The message says which; the plugin's own exception is
    /// not passed on, since whoever keeps one keeps the plugin in memory.
    /// </exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public IEffect Create()
    {
        Type type = _type ?? throw new InvalidOperationException(
            $"The effect \"{_effectId}\" has been unloaded. Load it again to use it.");
        string failure;
        string trace;
        try
        {
            return (IEffect)Activator.CreateInstance(type,
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.DoNotWrapExceptions, null, null, null)!;
        }
        catch (Exception e)
        {
            failure = ForeignException.Describe(e);
            trace = ForeignException.TraceOf(e);
        }

        throw new InvalidOperationException(
            $"The constructor of the effect \"{_effectId}\" threw {failure}", new PluginTraceException(trace));
    }

    /// <summary>
    /// Lets go of the plugin. Its memory is freed by a later collection, once the effects made from it are gone as
    /// well.
    /// </summary>
    /// <returns>Is alive until the code really left memory; null when it cannot leave.</returns>
    public WeakReference? Unload()
    {
        AssemblyLoadContext? context = _context;
        _type = null;
        _context = null;
        if (context is not { IsCollectible: true })
            return null;
        context.Unload();
        return new WeakReference(context);
    }

    // McMaster's context builder and not its PluginLoader: that one reads every runtimeconfig.json beside the program
    // with a reflecting JSON reader first, which is most of the time a first load takes, for search paths that plugins
    // built by today's compilers do not have.
    private static AssemblyLoadContext Build(string file, bool isUnloadable)
    {
        AssemblyLoadContextBuilder builder = new AssemblyLoadContextBuilder()
            .SetMainAssemblyPath(file)
            .IsLazyLoaded(true)
            .PreferDefaultLoadContextAssembly(typeof(IEffect).Assembly.GetName());
        return (isUnloadable ? builder.EnableUnloading() : builder).Build();
    }

    private static AssemblyLoadContext StayingOf(string file)
    {
        var info = new FileInfo(file);
        return Staying.GetOrAdd(
            (file, info.Length, info.LastWriteTimeUtc),
            static key => new Lazy<AssemblyLoadContext>(() => Build(key.Item1, isUnloadable: false))).Value;
    }

    private static Type EffectTypeIn(AssemblyLoadContext context, string file)
    {
        Assembly assembly = context.LoadFromAssemblyPath(file);
        foreach (AssemblyName reference in assembly.GetReferencedAssemblies())
            LoadReference(context, reference, Path.GetDirectoryName(file)!);

        Type? effect = null;
        foreach (Type type in assembly.GetExportedTypes())
        {
            if (!type.IsClass || type.IsAbstract || type.ContainsGenericParameters
                || !typeof(IEffect).IsAssignableFrom(type))
                continue;
            if (effect is not null)
            {
                throw new PluginRefusedException(
                    $"It has more than one public effect: {effect.FullName} and {type.FullName}.",
                    "Make all but one of them internal, or put each into an assembly of its own.");
            }

            effect = type;
        }

        if (effect is null)
            throw new PluginRefusedException("It has no public class that implements IEffect.",
                "Make the effect's class public, and let it implement R3X.FxHost.Sdk.IEffect.");
        if (effect.GetConstructor(Type.EmptyTypes) is null)
        {
            throw new PluginRefusedException(
                $"Its class {effect.FullName} has no public constructor without parameters.",
                "Give it one, and read settings in Prepare.");
        }

        return effect;
    }

    // At once, not when the missing code is first needed: that would be in the middle of a line.
    private static void LoadReference(AssemblyLoadContext context, AssemblyName reference, string folder)
    {
        if (reference.Name.AsSpan().ContainsAny('/', '\\'))
            throw new PluginRefusedException(
                $"It needs an assembly by a path, {reference.Name}.", "Put what it needs into its folder.");
        try
        {
            context.LoadFromAssemblyName(reference);
        }
        catch (FileNotFoundException)
        {
            throw new PluginRefusedException(
                $"It needs {reference.Name} {reference.Version}, which is neither in its folder nor part of .NET "
                    + $"{Environment.Version}.",
                FixFor(reference, folder));
        }
        catch (Exception e) when (e is FileLoadException or BadImageFormatException)
        {
            throw new PluginRefusedException(
                $"It needs {reference.Name} {reference.Version}, and what was found under that name cannot be loaded: "
                    + $"{ForeignException.Describe(e)}",
                $"Replace {reference.Name}.dll in {folder}, or build the plugin again for this host.");
        }
    }

    private static string FixFor(AssemblyName reference, string folder)
    {
        string name = reference.Name ?? "";
        if (name == EffectChecks.SdkName)
            return $"Build the plugin again with {EffectChecks.SdkName} {typeof(IEffect).Assembly.GetName().Version}, "
                + $"or use a newer host.";
        string copy = $"put {name}.dll into {folder}, or build the plugin again with EnableDynamicLoading, which "
            + $"copies what it needs.";
        return name.StartsWith("System.", StringComparison.Ordinal)
            ? $"Build the plugin for .NET {Environment.Version.Major}; if it is not part of any .NET, {copy}"
            : "P" + copy[1..];
    }
}
