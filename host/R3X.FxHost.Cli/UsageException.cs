using System;

namespace R3X.FxHost.Cli;

/// <summary>The command was asked for something that cannot be. The message says what and what to write
/// instead.</summary>
internal class UsageException(string message) : Exception(message);

/// <summary>There are no presets or no effects to make a host of.</summary>
internal sealed class NothingFoundException(string message) : UsageException(message);
