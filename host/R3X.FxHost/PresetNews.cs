using System.Collections.Generic;

namespace R3X.FxHost;

/// <summary>What became of a preset that is watched while a line loops.</summary>
/// <param name="Preset">The preset that is heard.</param>
/// <param name="Changes">What is heard from now on, each as <c>comb.mix 30% -> 40%</c>; empty when nothing changed, and
/// when the line is only about to begin.</param>
/// <param name="Mistakes">What is wrong with the files as they are now, each with its place and its fix; then the last
/// good version is heard.</param>
/// <param name="IsRepaired">Whether the mistakes told last are gone.</param>
public sealed record PresetNews(
    string Preset, IReadOnlyList<string> Changes, IReadOnlyList<string> Mistakes, bool IsRepaired);
