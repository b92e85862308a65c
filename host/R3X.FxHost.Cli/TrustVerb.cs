using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using R3X.FxHost.Plugins;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x effects trust</c> and <c>untrust</c>: which plugins may run in the host's own process.</summary>
internal static class TrustVerb
{
    private const string Meaning =
        "A trusted plugin runs in the host's own process: it may do whatever you may, and what it breaks there, it "
        + "breaks in the host. When its files change, it is not trusted any more. docs/trust.md says more.";

    public static Command CreateTrust(Option<bool> json)
    {
        var verb = new Verb(
            "trust",
            "Lets the plugins of a folder run in the host's own process, as they are now; without a folder, lists "
                + "those that are trusted. " + Meaning,
            "r3x effects trust ./Warble            # a plugin's folder",
            "r3x effects trust ~/my-effects        # a folder of plugins' folders",
            "r3x effects trust                     # which are trusted, and which have changed since");
        var folder = new Argument<string?>("FOLDER") { Description = "A plugin's folder, or one that holds such.",
            Arity = ArgumentArity.ZeroOrOne };
        folder.NoOptions();
        verb.Arguments.Add(folder);
        verb.Does(parsed =>
        {
            if (parsed.GetValue(folder) is not { } named)
                return Print(parsed.GetValue(json), PluginTrust.List(), [], "No plugin is trusted.");
            MustExist(named);
            IReadOnlyList<TrustedEffect> trusted = PluginTrust.Trust(named, out IReadOnlyList<RefusedPlugin> refused);
            if (trusted.Count == 0)
            {
                throw new UsageException(string.Join(
                    '\n', [
                        $"There is no effect in {named}, so nothing is trusted.",
                        .. refused.Select(static file => $"{file.File}: {file.Reason} {file.Fix}"),
                    ]));
            }

            foreach (RefusedPlugin file in refused)
                Messages.Warning($"{file.File}: {file.Reason} {file.Fix}");
            int code = Print(parsed.GetValue(json), trusted, refused, "");
            if (!parsed.GetValue(json))
                Console.Out.WriteLine(Meaning);
            return code;
        });
        return verb;
    }

    public static Command CreateUntrust(Option<bool> json)
    {
        var verb = new Verb(
            "untrust", "Trusts nothing of a folder any longer, whether it is still there or not.",
            "r3x effects untrust ./Warble");
        var folder = new Argument<string>("FOLDER") { Description = "A plugin's folder, or one that holds such." };
        folder.NoOptions();
        verb.Arguments.Add(folder);
        verb.Does(parsed =>
        {
            string named = parsed.GetRequiredValue(folder);
            IReadOnlyList<TrustedEffect> gone = PluginTrust.Untrust(named);
            if (gone.Count == 0)
                throw new UsageException($"Nothing in {named} was trusted. r3x effects trust lists what is.");
            if (parsed.GetValue(json))
                Json.Write(new TrustListing(gone, []));
            foreach (TrustedEffect effect in parsed.GetValue(json) ? [] : gone)
                Console.Out.WriteLine($"Not trusted any more: {effect.Id}, {effect.File}");
            return ExitCode.Done;
        });
        return verb;
    }

    private static int Print(
        bool asJson, IReadOnlyList<TrustedEffect> effects, IReadOnlyList<RefusedPlugin> refused, string whenNone)
    {
        if (asJson)
        {
            Json.Write(new TrustListing(effects, refused));
            return ExitCode.Done;
        }

        if (effects.Count == 0)
        {
            Console.Out.WriteLine(whenNone);
            return ExitCode.Done;
        }

        var table = new Listing("id", "version", "trusted", "sha-256", "file");
        foreach (TrustedEffect effect in effects)
            table.Add(effect.Id, effect.Version.Length == 0 ? "-" : effect.Version, Word(effect.State), effect.Hash,
                effect.File);
        table.Write();
        return ExitCode.Done;
    }

    private static string Word(TrustState state) => state switch
    {
        TrustState.Trusted => "yes",
        TrustState.Changed => "no, changed since",
        _ => "no, not there",
    };

    private static void MustExist(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UsageException($"{folder}: there is no such folder. Check the path.");
    }
}
