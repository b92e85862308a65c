using System;
using System.Collections.Generic;

namespace R3X.FxHost.Presets;

/// <summary>How the server listens and whom it asks, as <c>host.yaml</c> says under <c>serve</c>. Immutable.</summary>
public sealed record ServeSettings
{
    /// <summary>What holds where nothing is said.</summary>
    public static ServeSettings Default { get; } = new();

    /// <summary>The address that is listened at: an IP address, or <c>*</c> for all of the machine.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The HTTP port; 0 takes a free one.</summary>
    public int Port { get; init; } = 7373;

    /// <summary>The port of the Wyoming protocol; 0 takes a free one, null does not listen.</summary>
    public int? WyomingPort { get; init; } = 10210;

    /// <summary>
    /// The address at which the Wyoming protocol is listened to: an IP address, or <c>*</c>. Set by itself, as that
    /// protocol has no token: whoever reaches it may speak.
    /// </summary>
    public string WyomingAddress { get; init; } = "127.0.0.1";

    /// <summary>What callers have to know; null lets everybody in who reaches the address.</summary>
    public string? Token { get; init; }

    /// <summary>Pages of which other hosts may call, as browsers name them: <c>https://chat.example</c>.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Names of this machine that callers may use besides its addresses and <c>localhost</c>.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The speech service that speaks OpenAI's protocol; null has none.</summary>
    public Uri? OpenAi { get; init; } = new("https://api.openai.com");

    /// <summary>The speech service that speaks ElevenLabs' protocol; null has none.</summary>
    public Uri? ElevenLabs { get; init; } = new("https://api.elevenlabs.io");

    /// <summary>The Wyoming service that speaks, <c>host:port</c>; null has none.</summary>
    public Uri? Wyoming { get; init; } = new("tcp://127.0.0.1:10200");

    /// <summary>The NATS server, or servers with commas between, through which servers share what they know of how loud
    /// speakers are; null shares nothing. It may hold a password or a token.</summary>
    public string? Nats { get; init; }

    /// <summary>Whether the Wyoming service is announced in the local network (zeroconf).</summary>
    public bool Announces { get; init; }

    /// <summary>The sound of a voice, by the name the service has for it.</summary>
    public IReadOnlyDictionary<string, VoiceSound> Voices { get; init; } = new Dictionary<string, VoiceSound>();

    /// <summary>The sound of a speaker or agent, by name.</summary>
    public IReadOnlyDictionary<string, VoiceSound> Speakers { get; init; } = new Dictionary<string, VoiceSound>();

    /// <summary>What a caller may ask for.</summary>
    public ServeLimits Limits { get; init; } = new();

    /// <summary>Where each setting was given that is not as it is by itself, by its key: <c>host.yaml</c>, a variable's
    /// name, an option's. Of a group, all places that add to it.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; init; } = new Dictionary<string, string>();
}

/// <summary>Which sound a voice has unless a line says otherwise.</summary>
/// <param name="Preset">The preset's id; null leaves the choice to the presets.</param>
/// <param name="Amount">How much of its chain is heard, as presets write it; null says nothing.</param>
public sealed record VoiceSound(string? Preset, string? Amount = null);

/// <summary>What a caller of the server may ask for.</summary>
public sealed record ServeLimits
{
    /// <summary>Lines at once, of all callers; the next is told to come back (503).</summary>
    public int Lines { get; init; } = 1_000;

    /// <summary>Lines at once of one caller, by its address; the next is told that it asks too much (429).</summary>
    public int LinesOfOne { get; init; } = 1_000;

    /// <summary>Characters of text in a request; more is refused (413).</summary>
    public int Text { get; init; } = 40_000;

    /// <summary>Bytes of a request's body; more is refused (413).</summary>
    public long Body { get; init; } = 64L << 20;

    /// <summary>How long one line may take.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a caller or a speech service may say nothing, or take nothing.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);
}
