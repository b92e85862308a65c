using System;
using System.Runtime.InteropServices;

namespace R3X.FxHost.Decoding;

/// <summary>One decoder of libmpg123: one line, one handle.</summary>
internal sealed class Mpg123Handle : SafeHandle
{
    private const int ResyncBytes = 65_536;

    private Mpg123Handle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    /// <summary>A decoder waiting to be fed: 32-bit float out, gapless, at the stream's own rate.</summary>
    public static Mpg123Handle Open()
    {
        var opened = new Mpg123Handle(Mpg123.New(0, out int error));
        if (opened.IsInvalid)
            throw new InvalidOperationException($"libmpg123 gave no decoder (its error {error}).");
        // Flags are added, not set: gapless is one of those it starts with.
        if (Mpg123.SetParameter(opened, Mpg123.AddFlags, new CLong(Mpg123.ForceFloat | Mpg123.Quiet), 0) != Mpg123.Ok
            || Mpg123.SetParameter(opened, Mpg123.ResyncLimit, new CLong(ResyncBytes), 0) != Mpg123.Ok
            || Mpg123.OpenFeed(opened) != Mpg123.Ok)
        {
            opened.Dispose();
            throw new InvalidOperationException("libmpg123 refused to decode to 32-bit float. Install a build of it with float output.");
        }

        return opened;
    }

    protected override bool ReleaseHandle()
    {
        Mpg123.Delete(handle);
        return true;
    }
}
