using System.CommandLine;
using System.Globalization;
using System.Linq;
using R3X.FxHost.Faults;

namespace R3X.FxHost.Cli.Faults;

/// <summary><c>r3x faults</c>: what effects did wrong, in any program of this user.</summary>
internal static class FaultsVerb
{
    public static Command Create()
    {
        var verb = new Verb(
            "faults",
            "Lists what effects did wrong, in whatever program, the latest first. Each is kept with the block it "
                + "happened in, so that it can be brought about again; the latest 200 are.",
            "r3x faults",
            "r3x faults --json",
            "r3x faults show k7m2qx                          # one of them, with its stack trace",
            "r3x faults replay k7m2qx                        # does it still happen? 0 when it does, 1 when not",
            "r3x faults replay k7m2qx --wav fault.wav        # with the block, in and out, to look at",
            "r3x faults clear");
        var json = new Option<bool>("--json") { Description = "Print JSON.", Recursive = true };
        verb.Options.Add(json);
        verb.Does(parsed =>
        {
            var ledger = FaultLedger.Open();
            FaultRecord[] faults = [.. ledger.Read()];
            if (parsed.GetValue(json))
                Json.Write(new FaultListing(ledger.Folder, [.. faults.Select(FaultRow.Of)]));
            else
                Print(ledger, faults);
            return ExitCode.Done;
        });
        verb.Subcommands.Add(Show(json));
        verb.Subcommands.Add(ReplayVerb.Create());
        verb.Subcommands.Add(Clear());
        return verb;
    }

    /// <summary>The argument that names a fault.</summary>
    public static Argument<string> Id()
    {
        var id = new Argument<string>("ID") { Description = "The fault's id, or the beginning of it." };
        id.NoOptions();
        return id;
    }

    /// <summary>Finds a fault.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static FaultRecord Find(string id)
    {
        var ledger = FaultLedger.Open();
        return ledger.Find(id) ?? throw new UsageException(
            $"There is no fault \"{id}\" in {ledger.Folder}. r3x faults lists those that are kept.");
    }

    private static Verb Show(Option<bool> json)
    {
        var show = new Verb(
            "show", "Prints a fault: what the effect did, in which line, with which settings, and its stack trace.",
            "r3x faults show k7m2qx");
        Argument<string> id = Id();
        show.Arguments.Add(id);
        show.Does(parsed =>
        {
            FaultRecord fault = Find(parsed.GetRequiredValue(id));
            if (parsed.GetValue(json))
                Json.Write(fault);
            else
                Print(fault);
            return ExitCode.Done;
        });
        return show;
    }

    private static Verb Clear()
    {
        var clear = new Verb("clear", "Forgets all faults.", "r3x faults clear");
        clear.Does(_ =>
        {
            var ledger = FaultLedger.Open();
            int faults = ledger.Clear();
            Console.Out.WriteLine($"{Count(faults)} forgotten in {ledger.Folder}.");
            return ExitCode.Done;
        });
        return clear;
    }

    private static void Print(FaultLedger ledger, FaultRecord[] faults)
    {
        if (faults.Length == 0)
        {
            Console.Out.WriteLine($"No effect has done anything wrong, as far as {ledger.Folder} knows.");
            return;
        }

        var table = new Listing("id", "when", "effect", "preset", "what it did");
        foreach (FaultRecord fault in faults)
            table.Add(fault.Id, When(fault), $"{fault.Effect} {fault.Version}", fault.Preset, FaultRow.Said(fault));
        table.Write();
        Console.Out.WriteLine($"{Count(faults.Length)} in {ledger.Folder}.");
    }

    private static void Print(FaultRecord fault)
    {
        var text = new System.Text.StringBuilder();
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                text.Append(CultureInfo.InvariantCulture, $"{name,-10} {value}\n");
        }

        Add("fault", fault.Id);
        Add("when", When(fault));
        Add("effect", $"{fault.Effect} {fault.Version}");
        Add("file", fault.File);
        Add("sha-256", fault.Hash);
        Add("host", fault.Host);
        Add("preset", fault.Preset);
        Add("step", fault.Step);
        Add("cause", fault.Cause);
        Add("what", FaultRow.Said(fault));
        if (fault.SampleRate > 0)
        {
            Add("line", string.Create(CultureInfo.InvariantCulture,
                $"{fault.SampleRate} Hz, {fault.Channels} channel(s), blocks of {fault.MaxFrames} frames at most, "
                    + $"quality {Listing.Word(fault.Quality)}, seed {fault.Seed}"));
        }

        if (fault.Block >= 0)
            Add("block", string.Create(CultureInfo.InvariantCulture, $"{fault.Block}, at frame {fault.Frame}"));
        foreach ((string setting, double value) in fault.Values)
            Add("setting", string.Create(CultureInfo.InvariantCulture, $"{setting}: {value:0.######}"));
        foreach (double[] point in fault.Curve)
            Add("point", string.Create(CultureInfo.InvariantCulture, $"{point[0]:0.###} Hz: {point[1]:0.###}"));
        if (fault.Trace is { } trace)
            text.Append('\n').Append(trace.ReplaceLineEndings("\n")).Append('\n');
        Console.Out.Write(text.ToString());
    }

    private static string When(FaultRecord fault) =>
        fault.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Count(int faults) => faults == 1 ? "1 fault" : $"{faults} faults";
}

/// <summary>What <c>faults --json</c> prints.</summary>
internal sealed record FaultListing(string Folder, FaultRow[] Faults);

/// <summary>A fault in a listing; <c>faults show ID --json</c> has all of it.</summary>
internal sealed record FaultRow(
    string Id, System.DateTimeOffset Time, string Effect, string Version, string Preset, string Step, string Cause,
    string What, long Block)
{
    public static FaultRow Of(FaultRecord f) =>
        new(f.Id, f.Time, f.Effect, f.Version, f.Preset, f.Step, f.Cause, Said(f), f.Block);

    /// <summary>What it did, without what would move a terminal's cursor.</summary>
    public static string Said(FaultRecord fault) =>
        string.Concat(fault.Words.Select(static letter => char.IsControl(letter) ? ' ' : letter));
}
