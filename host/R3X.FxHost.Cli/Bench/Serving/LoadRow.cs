namespace R3X.FxHost.Cli.Bench.Serving;

/// <summary>What so many streams at once met.</summary>
/// <param name="Streams">How many there were.</param>
/// <param name="Beside">Who else kept the server busy; empty for nobody.</param>
/// <param name="Shed">How many of these the server closed or refused by the end.</param>
/// <param name="Seconds">How long all of them ran.</param>
/// <param name="Blocks">Chunks of which the sound was received.</param>
/// <param name="Late">Of these, such as came too late to be played without a gap.</param>
/// <param name="Failed">Streams that were refused, or broke off.</param>
/// <param name="Short">Streams that lost sound.</param>
/// <param name="FirstMedianMs">From the service's first block until its sound, in milliseconds, for half of the
/// streams.</param>
/// <param name="FirstP99Ms">For 99 % of them.</param>
/// <param name="MedianMs">Added latency of half of the blocks, while all of them ran.</param>
/// <param name="P99Ms">Of 99 % of them.</param>
/// <param name="MaxMs">Of all of them.</param>
/// <param name="SentLateMs">By how much this program sent a chunk after its time, at most.</param>
/// <param name="ServerCores">Processor cores that the server used.</param>
/// <param name="BenchCores">Processor cores that this program used, as the service and as the listeners.</param>
/// <param name="Megabytes">The server's memory.</param>
internal sealed record LoadRow(
    int Streams, string Beside, int Shed, double Seconds, int Blocks, int Late, int Failed, int Short,
    double FirstMedianMs, double FirstP99Ms, double MedianMs, double P99Ms, double MaxMs,
    double SentLateMs, double ServerCores, double BenchCores, double Megabytes)
{
    /// <summary>Whether every listener heard everything without a gap.</summary>
    public bool IsSustained => Late == 0 && Failed == 0 && Short == 0;
}
