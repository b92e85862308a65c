namespace R3X.FxHost.Playback;

/// <summary>A device whose buffer can become larger while it plays. Writer's thread.</summary>
internal interface IGrowing
{
    /// <summary>Doubles the buffer after it ran dry in the middle of sound, up to
    /// <see cref="OutputDeviceOptions.GrownMilliseconds"/>.</summary>
    /// <returns>What the buffer is now, in milliseconds; 0 when it stays as it is.</returns>
    double Grow();
}
