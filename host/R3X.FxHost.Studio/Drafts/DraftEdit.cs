using System.Collections.Generic;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Studio.Drafts;

/// <summary>What came of changing or saving a draft.</summary>
/// <param name="IsDone">Whether it was done, or was so already; when not, nothing was changed.</param>
/// <param name="Diagnostics">Why not, each with its fix; or what is wrong with the preset only since the
/// change.</param>
public sealed record DraftEdit(bool IsDone, IReadOnlyList<PresetDiagnostic> Diagnostics)
{
    /// <summary>Done, and nothing to say of it.</summary>
    public static DraftEdit Done { get; } = new(true, []);

    /// <summary>Not done, for a reason that has no place in the text.</summary>
    internal static DraftEdit Refused(string file, string message, string fix) => new(false,
        [new PresetDiagnostic(DiagnosticSeverity.Error, System.IO.Path.GetFileName(file), 0, 0, 0, message, fix, null)
        {
            Rule = DiagnosticRule.File,
        }]);
}

/// <summary>A preset that was changed here and in its file, in the same lines. Nothing of either is lost.</summary>
/// <param name="Basis">The text that both began with.</param>
/// <param name="Mine">The draft.</param>
/// <param name="Theirs">The file.</param>
public sealed record DraftConflict(string Basis, string Mine, string Theirs)
{
    /// <summary>Both together: lines that only one changed as they are there, the others as the draft has
    /// them.</summary>
    public string Merged => LineMerge.Of(Basis, Mine, Theirs).Text;
}
