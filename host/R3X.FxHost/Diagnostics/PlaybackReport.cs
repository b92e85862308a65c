using System;
using System.Collections.Generic;

namespace R3X.FxHost.Diagnostics;

/// <summary>How a line was heard: what the queue and the loudspeaker know of it.</summary>
public sealed record PlaybackReport
{
    /// <summary>The utterance's name.</summary>
    public required string Utterance { get; init; }

    /// <summary>The name of the turn it is a part of.</summary>
    public required string Turn { get; init; }

    /// <summary>Its priority in the queue.</summary>
    public required int Priority { get; init; }

    /// <summary>How long it stood in the queue until it was begun to be read, which is ahead of its turn.</summary>
    public required TimeSpan Waited { get; init; }

    /// <summary>
    /// From the arrival of its first complete codec frame, or from the moment the loudspeaker was free for it if that
    /// is later, to the moment its first sample was handed to the device. A pause it asked for does not count. Null
    /// when it was never handed over, or is one of a turn that goes on from the one before it.
    /// </summary>
    public TimeSpan? FirstHanded { get; init; }

    /// <summary>The same to the moment its first sample was heard: by the device's own buffer later.</summary>
    public TimeSpan? FirstHeard { get; init; }

    /// <summary>Device time at which its first sample was heard; null when none was.</summary>
    public TimeSpan? Start { get; init; }

    /// <summary>Device time of its end.</summary>
    public required TimeSpan End { get; init; }

    /// <summary>How much of it was heard, its tail included.</summary>
    public required TimeSpan Heard { get; init; }

    /// <summary>How long it is, without its tail; null when its end had not arrived.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>How it ended: <c>done</c>, <c>interrupted</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it was interrupted: <c>asked</c>, <c>replaced</c>, <c>preempted</c> or <c>closed</c>; null when it
    /// was not.</summary>
    public string? Reason { get; init; }

    /// <summary>How often the loudspeaker had to go on without it because its source came late.</summary>
    public long LateUnderruns { get; init; }

    /// <summary>How often the device ran dry although there was sound for it: the machine was too busy for so small a
    /// buffer.</summary>
    public long DeviceUnderruns { get; init; }

    /// <summary>The device's name; null when nothing reached one.</summary>
    public string? Device { get; init; }

    /// <summary>How long after it was handed over the first sample was heard: the device's buffer, as the device states
    /// it. Null like <see cref="FirstHanded"/>.</summary>
    public TimeSpan? DeviceLatency => FirstHeard - FirstHanded;

    /// <summary>What became of the device meanwhile, oldest first.</summary>
    public IReadOnlyList<PlaybackChange> DeviceChanges { get; init; } = [];

    /// <summary>How much of it passed while there was no loudspeaker.</summary>
    public TimeSpan NotHeard { get; init; }
}

/// <summary>Something that happened to the device while a line was heard.</summary>
/// <param name="At">Device time from which on it holds.</param>
/// <param name="Change"><c>lost</c>, <c>resumed</c>, <c>given-up</c> or <c>moved</c>.</param>
/// <param name="Device">The loudspeaker it is about.</param>
/// <param name="Reason">Why, in a sentence people can act on.</param>
public sealed record PlaybackChange(TimeSpan At, string Change, string Device, string Reason);
