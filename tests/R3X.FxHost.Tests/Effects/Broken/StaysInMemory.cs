using System;
using R3X.FxHost.Conformance.Checks;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Effects.Broken;

/// <summary>Wants to be told when the process ends, and so is held to that end.</summary>
[Breaks(typeof(CodeLeavesMemory))]
internal sealed class StaysInMemory : HealthyEffect
{
    private static bool s_isListening;

    public override EffectTiming Prepare(EffectSetup setup)
    {
        if (!s_isListening)
            AppDomain.CurrentDomain.ProcessExit += OnEnd;
        s_isListening = true;
        return base.Prepare(setup);
    }

    private static void OnEnd(object? sender, EventArgs e)
    {
    }
}
