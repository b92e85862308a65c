using System;

namespace R3X.FxHost.Decoding;

/// <summary>The input holds no sound. The message names what was found, where, and what to do.</summary>
public sealed class UnreadableAudioException : Exception
{
    /// <summary>What to do about input whose bytes do not tell their format, the end of a sentence.</summary>
    public const string FormatFix = "name their format, such as pcm_24000.";

    /// <summary>Says what is wrong with the input.</summary>
    /// <param name="message">What was found and what to do, in whole sentences.</param>
    public UnreadableAudioException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong with the input, and what brought it to light.</summary>
    /// <param name="message">What was found and what to do, in whole sentences.</param>
    /// <param name="innerException">The cause.</param>
    public UnreadableAudioException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
