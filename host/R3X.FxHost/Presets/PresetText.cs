namespace R3X.FxHost.Presets;

/// <summary>One file of a preset as it was last read. Immutable.</summary>
/// <param name="Written">What stands in it; null when it could not be read.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="Stamp">Its stamp from before it was read.</param>
/// <param name="IsSettled">Whether the file was old enough when read for the stamp to show the next change.</param>
/// <param name="WhyNot">Why it could not be read, a sentence.</param>
/// <param name="Before">What stood in it when its text was last sound, before this; null when it never was.</param>
internal sealed record PresetText(WrittenPreset? Written, byte[] Bytes, FileStamp? Stamp, bool IsSettled, string WhyNot, WrittenPreset? Before)
{
    /// <summary>The same text, looked at again.</summary>
    public PresetText SeenAgain(FileStamp? stamp, bool isSettled) => this with { Stamp = stamp, IsSettled = isSettled };
}
