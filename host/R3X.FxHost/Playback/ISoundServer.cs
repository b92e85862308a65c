using System;
using R3X.FxHost.Sdk;

namespace R3X.FxHost.Playback;

/// <summary>Something that has loudspeakers: PulseAudio with PortAudio behind it, or a simulation.</summary>
internal interface ISoundServer
{
    /// <summary>Opens a loudspeaker.</summary>
    /// <param name="wanted"><c>default</c>, a name, or part of a description.</param>
    /// <param name="home">The loudspeaker the sound belongs to, in the same way: where another one stands in, it comes
    /// back when that does.</param>
    /// <param name="format">The format to open it in; null for its own.</param>
    /// <param name="options">Buffer and server.</param>
    /// <param name="name">The one name nobody else has.</param>
    /// <exception cref="DeviceException">No such loudspeaker, none at all, or it refuses; the message says what to
    /// do.</exception>
    IOutputDevice Open(string wanted, string home, AudioFormat? format, OutputDeviceOptions options, out string name);

    /// <summary>Hears of loudspeakers that come; null where nobody tells.</summary>
    /// <param name="options">The server.</param>
    /// <param name="came">Called on a thread of the sound system: must neither throw nor wait.</param>
    ISoundServerWatch? Watch(OutputDeviceOptions options, Action came);
}

/// <summary>Hears of loudspeakers that come, until it is disposed.</summary>
internal interface ISoundServerWatch : IDisposable
{
    /// <summary>Whether the server is still there.</summary>
    bool IsAlive { get; }
}
