namespace R3X.FxHost.Studio;

/// <summary>Every text of the page, in <c>Texts.resx</c>; a translation is a file <c>Texts.de.resx</c> beside
/// it.</summary>
public sealed class Texts;
