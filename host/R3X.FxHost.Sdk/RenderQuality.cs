namespace R3X.FxHost.Sdk;

/// <summary>How much work an effect may spend on a sample.</summary>
public enum RenderQuality
{
    /// <summary>The default: oversampled curves, true-peak limiting.</summary>
    Full,

    /// <summary>For small boards: no oversampling, sample-peak limiting.</summary>
    Draft,
}
