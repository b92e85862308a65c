using System;

namespace R3X.FxHost.Plugins;

/// <summary>A plugin that was replaced or removed. One thread at a time.</summary>
/// <param name="effect">Its effect.</param>
/// <param name="code">Its code.</param>
/// <param name="shadow">The copy it was loaded from; null where there is none.</param>
/// <param name="create">Is alive as long as somebody can make an effect of it: a preset that was built with it, a line
/// that has yet to begin, a chain that sounds, a call that has not returned.</param>
internal sealed class RetiredPlugin(
    EffectDescription effect, IEffectCode code, ShadowFolder? shadow, WeakReference create)
{
    // A collection sees what nothing refers to, the next one what that alone referred to.
    private const int CollectionsToLeave = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private IEffectCode? _code = code;
    private WeakReference? _context;
    private string? _root;
    private int _collections;
    private long _since;
    private bool _isTold;

    /// <summary>Its effect.</summary>
    public EffectDescription Effect => effect;

    /// <summary>Whether its code has left memory; unloads it when nothing needs it.</summary>
    public bool IsGone()
    {
        if (_code is not null && create.IsAlive)
            return false;
        Unload();
        if (_context is { IsAlive: true })
            return false;
        // Where the system kept the files as long as the code was in memory.
        shadow?.Dispose();
        return true;
    }

    /// <summary>Lets go of it.</summary>
    public void Unload()
    {
        if (_code is null)
            return;
        _root = shadow is null ? null : LikelyRoot.In(shadow.File);
        _context = _code.Unload();
        _code = null;
        _collections = GC.CollectionCount(GC.MaxGeneration);
        shadow?.Dispose();
    }

    /// <summary>Why it is still in memory when it should have left long ago; null when there is nothing to tell, or it
    /// was told.</summary>
    /// <param name="time">The clock.</param>
    public string? TellLeak(TimeProvider time)
    {
        if (_since == 0)
            _since = time.GetTimestamp();
        bool isUsed = _code is not null;
        if (_isTold || time.GetElapsedTime(_since) < Patience
            || (!isUsed && GC.CollectionCount(GC.MaxGeneration) - _collections < CollectionsToLeave))
            return null;
        _isTold = true;
        string why = isUsed
            ? "A line or a chain that was begun with it has not ended, or a call of it has not returned."
            : _root is not null ? $"What keeps it is most likely that {_root}: such things outlive the effect. Leave "
                + "them out of effects."
            : "Nothing in its code is known to keep it; look for what outlives the effect and refers to it.";
        return $"{effect.Id} {effect.Version} was replaced or removed {Patience.TotalMinutes:0} minutes ago and is "
            + $"still in memory. {why}";
    }
}
