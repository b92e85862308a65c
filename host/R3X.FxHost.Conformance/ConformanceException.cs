using System;

namespace R3X.FxHost.Conformance;

/// <summary>An effect does not keep a promise. The message is the verdict.</summary>
public sealed class ConformanceException : Exception
{
    /// <summary>Without a verdict.</summary>
    public ConformanceException()
    {
    }

    /// <summary>With words of one's own.</summary>
    /// <param name="message">What is wrong.</param>
    public ConformanceException(string message)
        : base(message)
    {
    }

    /// <summary>With words of one's own and a cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public ConformanceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal ConformanceException(ConformanceResult result)
        : base(result.ToString()) => Result = result;

    /// <summary>The verdict in parts; null where the exception was not made by
    /// <see cref="EffectConformance"/>.</summary>
    public ConformanceResult? Result { get; }
}
