namespace R3X.FxHost.Plugins;

/// <summary>What became of an effect, or of a file that might have been one, while the host lives.</summary>
/// <param name="Effect">The effect's id; the name of its folder or file where no id could be read.</param>
/// <param name="Before">The version that was there; null where there was none.</param>
/// <param name="Now">The version that lines get from now on; null where there is none.</param>
/// <param name="Refused">What could not be used; null when all went well.</param>
public sealed record EffectChange(string Effect, string? Before, string? Now, RefusedPlugin? Refused)
{
    /// <summary>The change in a few words, such as <c>warble 0.1.0 -> 0.2.0</c>.</summary>
    public override string ToString() => (Before, Now, Refused) switch
    {
        (null, null, { } refused) => $"{Effect} refused: {refused.File}: {refused.Reason} {refused.Fix}",
        (_, { } stays, { } refused) =>
            $"{Effect} {stays} stays in use; {refused.File}: {refused.Reason} {refused.Fix}",
        ({ } gone, null, { } refused) => $"{Effect} {gone} is gone; {refused.File}: {refused.Reason} {refused.Fix}",
        ({ } gone, null, null) => $"{Effect} {gone} removed",
        (null, _, _) => $"{Effect} {Now} added",
        _ when Before == Now => $"{Effect} loaded again",
        _ => $"{Effect} {Before} -> {Now}",
    };
}
