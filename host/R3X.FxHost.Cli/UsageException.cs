using System;

namespace R3X.FxHost.Cli;

/// <summary>The command was asked for something that cannot be. The message says what and what to write instead.</summary>
internal sealed class UsageException(string message) : Exception(message);
