using System.CommandLine;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Caching;

namespace R3X.FxHost.Cli.Cache;

/// <summary><c>r3x cache</c>: the lines that are kept.</summary>
internal static class CacheVerb
{
    public static Command Create()
    {
        var verb = new Verb(
            "cache",
            "Lists the lines that play and render keep with --cache, the one used last first, and how much room they "
                + "take.",
            "r3x cache",
            "r3x cache --json",
            "r3x cache has \"hello there\" || say-it > line.mp3   # has it been bought?",
            "r3x cache clear \"hello there\"                      # forget one line",
            "r3x cache clear                                    # forget all of them");
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        verb.Options.Add(json);
        var host = new HostOptions(verb);
        verb.Does(parsed =>
        {
            using FxHost fx = host.Open(parsed);
            SpeechCache cache = CacheOption.Of(fx);
            CachedLine[] lines = [.. cache.Lines];
            CacheOption.Warn(cache);
            if (parsed.GetValue(json))
                Json.Write(new CacheListing(cache.Folder, lines));
            else
                Print(cache, lines);
            return ExitCode.Done;
        });
        verb.Subcommands.Add(Has(host));
        verb.Subcommands.Add(Clear(host));
        return verb;
    }

    private static Verb Has(HostOptions host)
    {
        var verb = new Verb(
            "has", "Says by its exit code alone whether a line is kept: 0 when it is, 1 when it is not.",
            "r3x cache has \"hello there\" && r3x play - --cache \"hello there\" < /dev/null");
        var key = new Argument<string>("KEY") { Description = "The line's key." };
        verb.Arguments.Add(key);
        verb.Does(parsed =>
        {
            using FxHost fx = host.Open(parsed);
            SpeechCache cache = CacheOption.Of(fx);
            bool isKept = cache.Find(parsed.GetRequiredValue(key)) is not null;
            CacheOption.Warn(cache);
            return isKept ? ExitCode.Done : ExitCode.Failed;
        });
        return verb;
    }

    private static Verb Clear(HostOptions host)
    {
        var verb = new Verb(
            "clear", "Forgets a line, or all of them.", "r3x cache clear \"hello there\"", "r3x cache clear");
        var key = new Argument<string?>("KEY") { Description = "The line's key. Without it, every line.",
            Arity = ArgumentArity.ZeroOrOne };
        verb.Arguments.Add(key);
        verb.Does(parsed =>
        {
            using FxHost fx = host.Open(parsed);
            SpeechCache cache = CacheOption.Of(fx);
            int before = cache.Size.Lines;
            if (parsed.GetValue(key) is not { } one)
                cache.Clear();
            else if (cache.Find(one) is null)
                throw new UsageException(
                    $"No line is kept under \"{one}\" in {cache.Folder}. r3x cache lists those that are.");
            else
                cache.Remove(one);
            int left = cache.Size.Lines;
            CacheOption.Warn(cache);
            Console.Out.WriteLine($"{Count(before - left)} forgotten in {cache.Folder}.");
            return ExitCode.Done;
        });
        return verb;
    }

    private static void Print(SpeechCache cache, CachedLine[] lines)
    {
        if (lines.Length == 0)
        {
            Console.Out.WriteLine($"No line is kept in {cache.Folder}. play and render keep one with --cache KEY.");
            return;
        }

        var table = new Listing("key", "format", "size", "last used");
        foreach (CachedLine line in lines)
            table.Add(OnOneLine(line.Key), line.InputFormat ?? "", Size(line.Bytes),
                line.LastUsed.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        table.Write();
        Console.Out.WriteLine(
            $"{Count(lines.Length)}, {Size(lines.Sum(static line => line.Bytes))}, in {cache.Folder}.");
    }

    private static string OnOneLine(string key) =>
        string.Concat(key.Select(static letter => char.IsControl(letter) ? ' ' : letter));

    private static string Count(int lines) => lines == 1 ? "1 line" : $"{lines} lines";

    private static string Size(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000.0:0.#} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.#} MB");
}

/// <summary>What <c>cache --json</c> prints.</summary>
internal sealed record CacheListing(string Folder, CachedLine[] Lines);
