namespace R3X.FxHost.Playback;

/// <summary>What becomes of sound while its loudspeaker is gone and no other one is there.</summary>
public enum DeviceLoss
{
    /// <summary>What was not heard is kept: the device's clock stands still, writing waits, and the next loudspeaker
    /// goes on there.</summary>
    Hold,

    /// <summary>The clock runs on as if sound were heard; a loudspeaker that comes goes on where the clock
    /// is.</summary>
    Drop,

    /// <summary>Every call throws <see cref="DeviceException"/>, and the device stays dead.</summary>
    Fail,
}
