using System.Collections;
using System.Collections.Generic;

namespace R3X.FxHost.Conformance;

/// <summary>Every check's name as theory data of xUnit: <c>[ClassData(typeof(EffectPromises))]</c>.</summary>
public sealed class EffectPromises : IEnumerable<object[]>
{
    /// <inheritdoc/>
    public IEnumerator<object[]> GetEnumerator()
    {
        foreach (ConformancePromise check in EffectConformance.Checks)
            yield return [check.Name];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
