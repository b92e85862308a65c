namespace R3X.FxHost.Isolation;

/// <summary>What one worker may take.</summary>
/// <param name="MemoryMegabytes">Memory, in MB of 2^20 bytes: what it has in physical memory, the runtime's own
/// included.</param>
/// <param name="ProcessorPercent">Processor time beyond what blocks took that it was given, in percent of one
/// processor.</param>
internal readonly record struct WorkerLimits(double MemoryMegabytes, double ProcessorPercent);
