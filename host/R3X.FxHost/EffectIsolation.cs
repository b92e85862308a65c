namespace R3X.FxHost;

/// <summary>Which effects run in processes of their own.</summary>
public enum EffectIsolation
{
    /// <summary>Those that <c>host.yaml</c> names, and those that neither come with the host nor are trusted.</summary>
    AsSettingsSay,

    /// <summary>None: every plugin runs in the host's process, and whatever it does there is done.</summary>
    None,

    /// <summary>All of them, those that come with the host too.</summary>
    All,
}
