namespace R3X.FxHost.Sdk;

/// <summary>The contract's own number, which every plugin carries and every host compares.</summary>
public static class SdkApi
{
    /// <summary>
    /// The level of the contract this Sdk speaks. A constant on purpose: the compiler writes it into the plugin's
    /// <see cref="EffectAttribute"/>, so a host can read what the plugin was built for without loading it.
    /// </summary>
    public const int Level = 1;
}
