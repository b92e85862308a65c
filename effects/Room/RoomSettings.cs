using System;

namespace R3X.FxHost.Effects;

/// <summary>What a room does with a frame.</summary>
/// <param name="spread">Share of the other channels in what a channel hears, 0 to 1/2.</param>
/// <param name="common">Weight of what all channels hear alike, beyond the first channel.</param>
/// <param name="own">Weight of what only this channel hears, beyond the first channel.</param>
/// <param name="mix">Share of the room, 0 to 1.</param>
/// <param name="keep">What each line's damping keeps of its old value.</param>
internal readonly ref struct RoomSettings(float spread, float common, float own, float mix, ReadOnlySpan<float> keep)
{
    public readonly float Spread = spread;
    public readonly float Common = common;
    public readonly float Own = own;
    public readonly float Mix = mix;
    public readonly ReadOnlySpan<float> Keep = keep;
}
