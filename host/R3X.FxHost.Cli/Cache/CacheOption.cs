using System.CommandLine;

namespace R3X.FxHost.Cli.Cache;

/// <summary>The option that keeps a line, so that it need not be bought again.</summary>
internal sealed class CacheOption
{
    private readonly Option<string?> _key = new("--cache")
    {
        Description = "A key for the line, such as its voice and its text. The line is kept under it while it is read; "
            + "the next time it is taken from there, and IN is not read. r3x cache lists what is kept.",
        HelpName = "KEY",
    };

    private SpeechCache? _cache;

    public CacheOption(Command verb) => verb.Options.Add(_key);

    /// <summary>The cache of a host, or the user's own where host.yaml names none.</summary>
    public static SpeechCache Of(FxHost host) => host.Cache ?? SpeechCache.Open(SpeechCache.UsersFolder);

    /// <summary>Refuses more lines than a key stands for.</summary>
    /// <exception cref="UsageException">There are several.</exception>
    public void Check(ParseResult parsed, int lines)
    {
        if (parsed.GetValue(_key) is { } key && lines != 1)
            throw new UsageException($"--cache keeps one line under its key, and {lines} were named. Name one.");
        if (parsed.GetValue(_key) is { } text && string.IsNullOrWhiteSpace(text))
            throw new UsageException("--cache takes a key, such as the line's text; it is empty.");
    }

    /// <summary>What is to be spoken for a line: what is kept under the key, or the line, which is then kept.</summary>
    public SpeechAudio Through(ParseResult parsed, FxHost host, SpeechAudio audio)
    {
        if (parsed.GetValue(_key) is not { } key)
            return audio;
        _cache = Of(host);
        return _cache.Find(key) ?? _cache.Keep(key, audio);
    }

    /// <summary>Waits until what was read is kept, and says what went wrong with it.</summary>
    public void Finish()
    {
        _cache?.StoredAsync().GetAwaiter().GetResult();
        Warn(_cache);
    }

    /// <summary>Says what went wrong with a cache.</summary>
    public static void Warn(SpeechCache? cache)
    {
        foreach (string problem in cache?.TakeProblems() ?? [])
            Messages.Warning(problem);
    }
}
