using System.Linq;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class ChannelsAreApart : ConformanceCheck
{
    public override string Promise =>
        "No channel is heard in another, and each sounds as it does in mono (with \"width\", where there is one, at "
        + "its least).";

    public override string LikelyCause => "Channels share a state, or one is computed from another.";

    public override string Fix => "Give each channel a state of its own, made in Prepare for setup.Format.Channels.";

    public override void Check(Subject subject)
    {
        // An effect that spreads the sound over its channels on purpose has a setting for how far.
        (string, double)[] narrow = [.. subject.Parameters.Where(p => p.Id == "width").Select(p => (p.Id, p.Minimum))];
        var sound = Signals.Voice(8000, Rate);
        var mono = subject.Line(narrow).Run(sound, 200);
        var both = subject.Line(Rate, 2, settings: narrow).Run([sound, sound], _ => 200);
        Same([sound, sound], [mono, mono], both, "In stereo, and not in mono");
        float[][] middle = [new float[8000], sound, new float[8000]];
        var one = subject.Line(Rate, 3, settings: narrow).Run(middle, _ => 200);
        Same(
            middle,
            [new float[8000], mono, new float[8000]],
            [.. one.Select(c => c.Select(s => s == 0 ? 0 : s).ToArray())],
            "With a voice in the middle one of three channels");
    }
}
