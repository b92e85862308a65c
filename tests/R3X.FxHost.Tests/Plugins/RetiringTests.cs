using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using R3X.FxHost.Plugins;
using R3X.FxHost.Sdk;
using R3X.FxHost.Tests.Simulation;
using Xunit;

namespace R3X.FxHost.Tests.Plugins;

/// <summary>What was replaced leaves memory, and what does not is named.</summary>
public sealed class RetiringTests : IDisposable
{
    private readonly PluginFolders _folders = new();
    private readonly VirtualTime _time = new();
    private readonly List<string> _told = [];
    private readonly List<string> _leaks = [];
    private readonly EffectCatalogue _catalogue;
    private readonly PluginWatch _watch;

    public RetiringTests()
    {
        _catalogue = _folders.Discover();
        _watch = new PluginWatch(_catalogue, _time,
            changes => _told.AddRange(changes.Select(change => change.ToString())), _leaks.Add);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _catalogue.Dispose();
        _time.Dispose();
        _folders.Dispose();
    }

    [Fact]
    public void A_hundred_versions_leave_neither_code_nor_copies_behind()
    {
        var contexts = new List<WeakReference>();
        var copies = new List<string>();
        for (int version = 0; version < 100; version++)
        {
            Replace(version, "PassThrough");
            contexts.Add(Use(copies));
        }

        Assert.Equal(100, _told.Count);
        Assert.Equal(100, copies.Distinct().Count());
        Until(() => _catalogue.Retired.Ids.Count == 0);
        Assert.Equal(1, contexts.Count(context => context.IsAlive));
        Assert.Equal([copies[^1]], copies.Where(File.Exists));
        Assert.Empty(_leaks);
    }

    [Fact]
    public void One_that_is_still_used_stays_until_it_is_not()
    {
        Replace(1, "PassThrough");
        List<IEffect> chain = Chain();
        Func<IEffect>[] plan = Plan();
        Replace(2, "PassThrough");
        Collect();
        Assert.Equal(["warble"], _catalogue.Retired.Ids);
        // A line that was chosen before the swap begins after it.
        Make(plan, chain);
        plan[0] = null!;
        Collect();
        Assert.Equal(["warble"], _catalogue.Retired.Ids);
        chain.Clear();
        Until(() => _catalogue.Retired.Ids.Count == 0);
    }

    [Fact]
    public void One_that_never_leaves_is_told_once_with_what_most_likely_keeps_it()
    {
        Replace(1, "LeavesTimer");
        Use([]);
        Replace(2, "PassThrough");
        for (int collection = 0; collection < 6; collection++)
            Collect();
        Assert.Empty(_leaks);
        _time.Advance(TimeSpan.FromMinutes(30));
        string leak = Assert.Single(_leaks);
        Assert.StartsWith("warble 1 was replaced or removed 10 minutes ago and is still in memory.", leak,
            StringComparison.Ordinal);
        Assert.Contains("Parts.dll starts a Timer", leak, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_a_line_holds_for_long_is_told_as_used()
    {
        Replace(1, "PassThrough");
        Func<IEffect>[] plan = Plan();
        Replace(2, "PassThrough");
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Contains("has not ended", Assert.Single(_leaks), StringComparison.Ordinal);
        Assert.NotNull(plan[0]());
    }

    [Fact]
    public void What_is_known_to_keep_code_in_memory_is_read_from_it()
    {
        string file = _folders.Copy("test-gain");
        Assert.Contains(
            "R3X.FxHost.TestPlugins.Parts.dll starts a Timer", LikelyRoot.In(file), StringComparison.Ordinal);
        // One with everything in it.
        File.Copy(typeof(RetiringTests).Assembly.Location, _folders.PathOf("test-gain", "much.dll"));
        string much = LikelyRoot.In(file)!;
        string[] expected =
        [
            "starts a Thread", "starts a Task", "has an AsyncLocal", "uses JsonSerializer",
            "listens to System.Console.CancelKeyPress",
        ];
        Assert.All(expected, root => Assert.Contains("much.dll " + root, much, StringComparison.Ordinal));
        // Never called: this is what is looked for.
        static void Roots() => Console.CancelKeyPress += static (_, _) => _ = new System.Threading.AsyncLocal<int>();
        Assert.NotNull((Action)Roots);
    }

    private void Replace(int version, string what)
    {
        int before = _told.Count;
        new EmittedPlugin("warble") { Version = version.ToString(CultureInfo.InvariantCulture), Base = what }
            .WriteTo(_folders, "warble");
        while (_told.Count == before)
            _time.Advance(500);
        Assert.DoesNotContain("stays", _told[^1], StringComparison.Ordinal);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Use(List<string> copies)
    {
        Assert.True(_catalogue.TryLoad("warble", out LoadedEffect? loaded, out _));
        Type type = loaded.Create().GetType();
        copies.Add(type.Assembly.Location);
        return new WeakReference(AssemblyLoadContext.GetLoadContext(type.Assembly));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private List<IEffect> Chain()
    {
        Assert.True(_catalogue.TryLoad("warble", out LoadedEffect? loaded, out _));
        return [loaded.Create()];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Func<IEffect>[] Plan()
    {
        Assert.True(_catalogue.TryLoad("warble", out LoadedEffect? loaded, out _));
        return [loaded.Create];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Make(Func<IEffect>[] plan, List<IEffect> chain) => chain.Add(plan[0]());

    // The runtime itself may hold on for a moment: methods just called wait in a queue for their better code.
    private void Until(Func<bool> isSo)
    {
        long start = Stopwatch.GetTimestamp();
        do
            Collect();
        while (!isSo() && Stopwatch.GetElapsedTime(start).TotalSeconds < 20);
        Assert.True(isSo());
    }

    private void Collect()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true);
        GC.WaitForPendingFinalizers();
        _time.Advance(500);
    }
}
