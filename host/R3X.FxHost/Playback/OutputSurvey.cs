using System.Collections.Generic;

namespace R3X.FxHost.Playback;

/// <summary>The loudspeakers of this machine, and how they were looked for.</summary>
/// <param name="Devices">What can be opened, the default first.</param>
/// <param name="Tried">One sentence per sound system that was asked, with what it answered or why it did not.</param>
internal sealed record OutputSurvey(IReadOnlyList<OutputDeviceInfo> Devices, IReadOnlyList<string> Tried);
