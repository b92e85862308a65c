namespace R3X.FxHost.Sdk;

/// <summary>What an effect is for. The host asks for roles, never for concrete effects.</summary>
public enum EffectRole
{
    /// <summary>Changes the balance of frequencies: equalisers, band-passes, plain gain.</summary>
    Tone,

    /// <summary>Changes loudness over time: compressors, gates, de-essers.</summary>
    Dynamics,

    /// <summary>Adds harmonics: saturation, exciters, bit crushers.</summary>
    Drive,

    /// <summary>Adds echoes and resonances: combs, delays, rooms.</summary>
    Space,

    /// <summary>Moves or transposes the sound: ring modulators, choruses, pitch shifters.</summary>
    Modulation,

    /// <summary>
    /// Holds a ceiling. It belongs at the end of a chain; loudness matching sits in front of the last one.
    /// </summary>
    Limiter,
}
