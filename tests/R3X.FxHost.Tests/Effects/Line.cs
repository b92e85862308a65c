using R3X.FxHost.Sdk;

namespace R3X.FxHost.Tests.Effects;

/// <summary>A line through an effect that is named by its id.</summary>
internal sealed class Line(
    IEffect effect,
    int sampleRate = 44_100,
    int channels = 1,
    RenderQuality quality = RenderQuality.Full,
    params (string Parameter, double Value)[] settings)
    : Conformance.Line(effect, sampleRate, channels, quality, settings)
{
    public Line(
        string id,
        int sampleRate = 44_100,
        int channels = 1,
        RenderQuality quality = RenderQuality.Full,
        params (string Parameter, double Value)[] settings)
        : this(DiscoveredEffects.Create(id), sampleRate, channels, quality, settings)
    {
    }

    public static Line Of(string id, params (string Parameter, double Value)[] settings) => new(id, settings: settings);

    public static Line At(int sampleRate, string id, params (string Parameter, double Value)[] settings) =>
        new(id, sampleRate, settings: settings);
}
