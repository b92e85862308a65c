using System;
using System.Runtime.CompilerServices;
using System.Threading;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class CodeLeavesMemory : ConformanceCheck
{
    private const int Attempts = 40;

    public override string Promise =>
        "Once it is unloaded and its effects are gone, the plugin's code leaves memory, so that it can be replaced "
        + "while a host runs.";

    public override string LikelyCause =>
        "Something outside the plugin still holds it: a timer, a thread, a handler of a static event, a cache of the "
        + "framework by type.";

    public override string Fix =>
        "Start no thread, timer or task, subscribe to no static event, and use source-generated JSON in place of "
        + "reflection.";

    public override void Check(Subject subject)
    {
        Type type = subject.Create().GetType();
        // An assembly made in memory has no file to be loaded from once more.
        if (type.Assembly.Location is not { Length: > 0 } file)
        {
            DoesNotApply("It was not loaded from a file, so it cannot be loaded once more.");
            return;
        }

        WeakReference context = UseAndUnload(file, type.FullName!);
        for (int i = 0; i < Attempts && context.IsAlive; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
            // For the compiler in the background, and tasks that are about to end: nothing tells when they have.
#pragma warning disable RS0030
            if (i > 2)
                Thread.Sleep(25);
#pragma warning restore RS0030
        }

        if (context.IsAlive)
            Fail($"A second after it was unloaded the code is still in memory. {LikelyRoots.In(file)}");
    }

    // Of its own, so that no local variable of the check holds anything.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference UseAndUnload(string file, string type)
    {
        var context = new EffectContext(file, isCollectible: true);
        var effect = (IEffect)Activator.CreateInstance(context.FindType(type), nonPublic: true)!;
        var line = new Line(effect, TestCurve.Of(effect.Parameters));
        foreach (Parameter parameter in effect.Parameters)
        {
            if (!parameter.IsStructural)
                line.Set(parameter.Id, parameter.Maximum);
        }

        line.Run(Signals.Noise(4096));
        line.Reset();
        (effect as IDisposable)?.Dispose();
        context.Unload();
        return new WeakReference(context);
    }
}
