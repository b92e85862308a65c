using System.Linq;

namespace R3X.FxHost.Tests.Effects.Conformance.Checks;

/// <summary>No channel is heard in another, and each sounds as it does in mono.</summary>
internal sealed class ChannelsAreApart : ConformanceCheck
{
    public override void Check(Subject subject)
    {
        // An effect that spreads the sound over its channels on purpose has a setting for how far.
        (string, double)[] narrow = [.. subject.Parameters.Where(p => p.Id == "width").Select(p => (p.Id, p.Minimum))];
        var sound = Signals.Voice(8000, Rate);
        var mono = subject.Line(narrow).Run(sound, 200);
        var both = subject.Line(Rate, 2, settings: narrow).Run([sound, sound], _ => 200);
        Same([mono, mono], both);
        var one = subject.Line(Rate, 3, settings: narrow).Run([new float[8000], sound, new float[8000]], _ => 200);
        Same([new float[8000], mono, new float[8000]], [.. one.Select(c => c.Select(s => s == 0 ? 0 : s).ToArray())]);
    }
}
