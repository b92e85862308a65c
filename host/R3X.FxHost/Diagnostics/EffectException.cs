using System;

namespace R3X.FxHost.Diagnostics;

/// <summary>
/// What an effect threw, as text with its stack trace: for logs. The effect's own exception is not kept, as it would
/// keep the plugin in memory.
/// </summary>
/// <param name="trace">The exception with its stack trace.</param>
internal sealed class EffectException(string trace) : Exception(trace)
{
    /// <inheritdoc/>
    public override string ToString() => Message;
}
