namespace R3X.FxHost.Lines;

/// <summary>A sink that nobody listens to yet: what it took can be taken back.</summary>
internal interface IRepeatableSink : ILineSink
{
    /// <summary>Forgets every frame since it was opened; the line comes again from its first.</summary>
    void StartOver();
}
