using System;

namespace R3X.FxHost.Server.Upstreams;

/// <summary>A speech service.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Key">Its setting under <c>serve:</c>, and the first part of its own paths.</param>
/// <param name="Address">Where it is; null where the settings switch it off.</param>
/// <param name="KeyVariable">The variable of the environment that holds its key, for callers who bring none.</param>
internal sealed record Service(string Name, string Key, Uri? Address, string KeyVariable)
{
    /// <summary>Where a path of it is.</summary>
    /// <param name="path">Path and query, as the protocol has them: <c>/v1/audio/speech</c>.</param>
    public Uri At(string path) => new(Address!.AbsoluteUri.TrimEnd('/') + path);
}
