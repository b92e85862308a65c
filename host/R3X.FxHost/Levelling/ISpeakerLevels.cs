namespace R3X.FxHost.Levelling;

/// <summary>
/// How loud speakers' lines arrive, where several hosts know it together: what one measured, the next starts with. Any
/// thread. It is asked while a line waits to begin, so no member may wait for anything, such as a network; what one
/// throws costs no line, as a host also knows what it heard itself.
/// </summary>
public interface ISpeakerLevels
{
    /// <summary>What is remembered, in LUFS; null when there is nothing.</summary>
    /// <param name="speaker">Whose lines, any text; empty for those of nobody in particular.</param>
    /// <param name="place">Where it was measured: empty for the line as it arrived, else a preset's id, with the amount
    /// of it behind a space where that is not all, for what arrives in front of its last limiter.</param>
    double? Recall(string speaker, string place);

    /// <summary>Remembers what lines now come to.</summary>
    /// <param name="speaker">Whose.</param>
    /// <param name="place">Where it was measured.</param>
    /// <param name="loudness">In LUFS: half the last line, half those before it.</param>
    void Remember(string speaker, string place, double loudness);
}
