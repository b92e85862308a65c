using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Plugins;

/// <summary>One effect of a catalogue: not loaded yet, loaded, or refused. Any thread.</summary>
/// <param name="description">The effect as discovered.</param>
/// <param name="mode">How to load it.</param>
/// <param name="ownsFolder">Whether the assembly's folder holds this plugin and nothing else.</param>
/// <param name="isolation">Decides in which process it runs; null for this one.</param>
internal sealed class CatalogueEntry(
    EffectDescription description, PluginLoadMode mode, bool ownsFolder, IIsolation? isolation)
{
    private readonly Lock _lock = new();
    private readonly List<WeakReference> _leaving = [];
    private IEffectCode? _plugin;
    private ShadowFolder? _shadow;
    private LoadedEffect? _loaded;
    private PluginStamp _stamp;
    private RefusedPlugin? _refused;

    /// <summary>The effect as it was found; once it is loaded, as it is.</summary>
    public EffectDescription Description => _loaded?.Description ?? description;

    /// <summary>Whether its code is in memory.</summary>
    public bool IsLoaded => _loaded is not null;

    /// <summary>Why it cannot be used; null as long as nothing is known against it.</summary>
    public RefusedPlugin? Refused => _refused;

    /// <summary>Whether what is loaded came from files that hold what the plugin's hold now.</summary>
    /// <param name="now">The plugin as it is found now.</param>
    /// <exception cref="IOException">They cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of permission.</exception>
    public bool IsStill(EffectDescription now) =>
        _loaded is not null && _shadow is { } copy && now.File == description.File
        && PluginHash.Of(now.File, ownsFolder) == PluginHash.Of(copy.File, ownsFolder);

    /// <summary>Loads it, makes sound with it and so has its code compiled, before anybody hears it.</summary>
    /// <returns>Why it cannot be used; null when it can.</returns>
    public RefusedPlugin? Try()
    {
        if (Load(out RefusedPlugin? refused, out _) is not { } loaded)
            return refused;
        try
        {
            SmokeTest.Sound(loaded);
            return null;
        }
        catch (PluginRefusedException e)
        {
            lock (_lock)
                Refuse(e.Message, e.Fix, e.IsFault);
            return _refused;
        }
    }

    /// <summary>Hands over what is loaded, to be let go of when nothing can make an effect of it any more. This goes on
    /// working for those who still have it.</summary>
    /// <returns>Null when nothing is loaded.</returns>
    public RetiredPlugin? Retire()
    {
        lock (_lock)
        {
            return _plugin is null || _loaded is null
                ? null : new RetiredPlugin(_loaded.Description, _plugin, _shadow, new WeakReference(_loaded.Create));
        }
    }

    /// <summary>Loads the effect unless that was done, or failed, before.</summary>
    /// <param name="refused">Why it cannot be loaded; null when it is.</param>
    /// <param name="isNews">Whether this call found the refusal.</param>
    /// <returns>The effect; null when it is refused.</returns>
    public LoadedEffect? Load(out RefusedPlugin? refused, out bool isNews)
    {
        lock (_lock)
        {
            isNews = false;
            if (_loaded is null && _refused is null)
            {
                TryLoad();
                isNews = _refused is not null;
            }

            refused = _refused;
            return _loaded;
        }
    }

    /// <summary>Lets go of a loaded effect; the next <see cref="Load"/> reads its file afresh.</summary>
    /// <returns>Whether one was loaded and can leave; if not, nothing happened.</returns>
    public bool Unload()
    {
        lock (_lock)
        {
            if (mode != PluginLoadMode.Shadow || _loaded is null)
                return false;
            LetGo();
            return true;
        }
    }

    /// <summary>Lets go of a loaded effect at its host's end; another host may take it.</summary>
    public void Park()
    {
        lock (_lock)
        {
            if (_plugin is null || _shadow is null || _loaded is null || _loaded.OwnProcess is not null)
            {
                // Its process is this host's.
                LetGo();
                return;
            }

            ParkedPlugins.Park(new ParkedPlugin(_stamp, _plugin, _shadow, _loaded));
            (_plugin, _shadow, _loaded) = (null, null, null);
        }
    }

    /// <summary>Whether code that was let go of is still in memory.</summary>
    public bool IsLingering()
    {
        lock (_lock)
        {
            _leaving.RemoveAll(context => !context.IsAlive);
            return _leaving.Count > 0;
        }
    }

    private void TryLoad()
    {
        try
        {
            string file = description.File;
            EffectDescription current = description;
            if (mode == PluginLoadMode.Shadow)
            {
                _stamp = PluginStamp.Of(description.File, ownsFolder);
                if (Why(description.File) is null && ParkedPlugins.Take(_stamp) is { } parked)
                {
                    (_plugin, _shadow) = (parked.Context, parked.Shadow);
                    // A call that did not return to the host before counts there.
                    _loaded = new LoadedEffect(parked.Effect.Description, parked.Effect.Parameters, _plugin.Create);
                    return;
                }

                file = CopyOrOwn();
                current = AsItIsNow(file);
            }

            // Of what will run, which is the copy.
            string? why = Why(file);
            _plugin = why is null
                ? new PluginContext(description.Id, file, isUnloadable: mode == PluginLoadMode.Shadow)
                : isolation!.Isolate(description, file);
            Parameter[] parameters = _plugin.Load();
            _loaded = new LoadedEffect(current, Array.AsReadOnly(parameters), _plugin.Create) { OwnProcess = why };
        }
        catch (PluginRefusedException e)
        {
            Refuse(e.Message, e.Fix, e.IsFault);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Refuse($"It could not be read: {e.Message}", "Check who may read it.");
        }
    }

    private string? Why(string file) => isolation?.WhyIsolated(description, file, ownsFolder);

    // Where nothing can be copied to (no temporary folder, a full or read-only disk), the file itself does: it then
    // stays in use.
    private string CopyOrOwn()
    {
        try
        {
            _shadow = ShadowFolder.Of(description.File, ownsFolder, out string copy);
            return copy;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return description.File;
        }
    }

    // Days may lie between discovery and this load; the copy is what will run.
    private EffectDescription AsItIsNow(string copy)
    {
        DllFile file = DllFile.Read(copy);
        if (file.Refused is RefusedPlugin unreadable)
            throw new PluginRefusedException(unreadable.Reason, unreadable.Fix);
        if (file.Mark is not EffectMark mark || mark.Id != description.Id)
            throw new PluginRefusedException(
                $"It was replaced by something that is not the effect \"{description.Id}\".",
                "Copy it back; a host that runs for long looks at its folders again within a second.");
        if (EffectChecks.Refusal(file, mark, sdkCopy: null) is RefusedPlugin refused)
            throw new PluginRefusedException(refused.Reason, refused.Fix);
        return EffectChecks.Describe(file, mark) with { File = description.File };
    }

    private void LetGo()
    {
        if (_plugin?.Unload() is WeakReference context)
            _leaving.Add(context);
        _shadow?.Dispose();
        _plugin = null;
        _shadow = null;
        _loaded = null;
    }

    private void Refuse(string reason, string fix, bool isFault = false)
    {
        LetGo();
        _refused = new RefusedPlugin(description.File, reason, fix) { IsFault = isFault };
    }
}
