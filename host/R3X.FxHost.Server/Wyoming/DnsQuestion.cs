namespace R3X.FxHost.Server.Wyoming;

/// <summary>A question of DNS.</summary>
/// <param name="Name">What it is about, its labels between dots.</param>
/// <param name="Type">Which records it wants.</param>
/// <param name="WantsUnicast">Whether the answer may go to whoever asked, alone (RFC 6762, 5.4).</param>
internal sealed record DnsQuestion(string Name, int Type, bool WantsUnicast = false);
