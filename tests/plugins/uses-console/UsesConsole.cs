using System;
using System.Threading;
using R3X.FxHost.Sdk;

[assembly: Effect(
    "uses-console", "Writes to standard output, reads standard input, keeps the process alive", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class UsesConsole : PassThrough
{
    private bool _hasSpoken;

    public UsesConsole() => Console.Out.WriteLine("made");

    public override EffectTiming Prepare(EffectSetup setup)
    {
        using (var output = Console.OpenStandardOutput())
            output.Write("prepared"u8);
        Console.Out.Write(Console.In.ReadToEnd());
        using (var input = Console.OpenStandardInput())
            input.ReadByte();
        return EffectTiming.Immediate;
    }

    public override void Process(AudioBlock block)
    {
        if (_hasSpoken)
            return;
        _hasSpoken = true;
        Console.WriteLine("processing");
        new Thread(() => Thread.CurrentThread.Join()).Start();
    }
}
