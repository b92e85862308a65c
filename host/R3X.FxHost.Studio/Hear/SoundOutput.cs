namespace R3X.FxHost.Studio.Hear;

/// <summary>Where a page is heard.</summary>
public enum SoundOutput
{
    /// <summary>In the browser that shows it.</summary>
    Browser,

    /// <summary>At the host's loudspeaker.</summary>
    Loudspeaker,
}
