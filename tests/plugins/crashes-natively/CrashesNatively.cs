using System.Runtime.InteropServices;
using R3X.FxHost.Sdk;

[assembly: Effect("crashes-natively", "Has native code write to nothing on block 5", EffectRole.Tone)]

namespace R3X.FxHost.TestPlugins;

public sealed class CrashesNatively : MisbehavesFromBlock5
{
    protected override void Misbehave(AudioBlock block) => Fill(0x10, 0, 16);

    [DllImport("libc", EntryPoint = "memset")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Fill(nint where, int what, nint bytes);
}
