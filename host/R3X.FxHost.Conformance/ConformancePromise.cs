namespace R3X.FxHost.Conformance;

/// <summary>A check.</summary>
/// <param name="Name">What <see cref="EffectConformance.Run"/> knows it by, in kebab-case.</param>
/// <param name="Promise">What is promised, a whole sentence.</param>
public sealed record ConformancePromise(string Name, string Promise);
