namespace R3X.FxHost.Server.Wyoming;

/// <summary>A record of DNS.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Type">What kind it is.</param>
/// <param name="Seconds">How long it may be kept.</param>
/// <param name="Data">Its data.</param>
/// <param name="IsOwn">Whether nobody else has records of its name and kind.</param>
internal sealed record DnsRecord(string Name, int Type, int Seconds, byte[] Data, bool IsOwn);
