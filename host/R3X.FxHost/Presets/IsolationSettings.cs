using System.Collections.Generic;

namespace R3X.FxHost.Presets;

/// <summary>Which effects run in processes of their own, and what one may take, as <c>host.yaml</c> says under
/// <c>isolation</c> and beside its folders of plugins.</summary>
public sealed record IsolationSettings
{
    /// <summary>What holds where nothing is said.</summary>
    public static IsolationSettings Default { get; } = new();

    /// <summary>By an effect's id, whether it runs in a process of its own.</summary>
    public IReadOnlyDictionary<string, bool> Effects { get; init; } = new Dictionary<string, bool>();

    /// <summary>By a folder of plugins, as an absolute path, whether its effects do.</summary>
    public IReadOnlyDictionary<string, bool> Folders { get; init; } = new Dictionary<string, bool>();

    /// <summary>The memory that such a process may take, in MB, 64 to 65,536.</summary>
    public double MemoryMegabytes { get; init; } = 256;

    /// <summary>The processor time that it may take besides its blocks, over two seconds, in percent of one processor,
    /// 1 to 100.</summary>
    public double ProcessorPercent { get; init; } = 50;
}
