using System;

namespace R3X.FxHost.StandIn;

/// <summary>The connection is to break here, because that was asked for.</summary>
internal sealed class BrokenOffException : Exception;
