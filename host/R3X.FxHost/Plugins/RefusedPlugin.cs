namespace R3X.FxHost.Plugins;

/// <summary>A file that is no usable effect, and why.</summary>
/// <param name="File">The file's absolute path.</param>
/// <param name="Reason">What is wrong with it, a whole sentence.</param>
/// <param name="Fix">What to do, a whole sentence.</param>
public sealed record RefusedPlugin(string File, string Reason, string Fix)
{
    /// <summary>Whether the effect itself failed when it was made: a chain goes on without it.</summary>
    public bool IsFault { get; init; }
}
