namespace R3X.FxHost.Sdk;

/// <summary>
/// What an effect may implement besides <see cref="IEffect"/> when it turns the sound down as the sound asks for it: a
/// compressor, limiter, gate or de-esser. Meters and reports read it; nothing that is heard depends on it.
/// </summary>
public interface IGainReducer
{
    /// <summary>
    /// By how much the last block given to <see cref="IEffect.Process"/> was turned down; nothing before the first.
    /// Audio thread, between calls; no allocation or exception.
    /// </summary>
    GainReduction LastReduction { get; }
}
