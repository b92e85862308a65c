using System;
using R3X.FxHost.Sdk;

[assembly: Effect("throws-when-made", "Throws in its constructor", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class ThrowsWhenMade : PassThrough
{
    public ThrowsWhenMade() => throw new InvalidOperationException("The table of windows is missing.");
}
