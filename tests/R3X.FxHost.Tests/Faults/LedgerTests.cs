using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Faults;
using Xunit;

namespace R3X.FxHost.Tests.Faults;

public sealed class LedgerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("r3x-faults-");
    private readonly FaultLedger _ledger;

    public LedgerTests() => _ledger = FaultLedger.Open(_folder.FullName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_is_kept_is_read_back_the_newest_first()
    {
        Assert.Empty(_ledger.Read());
        _ledger.Keep(Fault(1, "first"));
        _ledger.Keep(Fault(2, "second"));
        FaultRecord[] read = [.. _ledger.Read()];
        Assert.Equal(["second", "first"], read.Select(fault => fault.Words));
        Assert.Equal(double.NaN, read[0].Values["mix"]);
        Assert.Equal(ulong.MaxValue, read[0].Seed);
        Assert.Equal("second", _ledger.Find(read[0].Id[..4])!.Words);
        Assert.Null(_ledger.Find("nothing"));
    }

    [Fact]
    public void It_is_bounded_in_number_and_the_oldest_go()
    {
        for (int i = 0; i < 205; i++)
            _ledger.Keep(Fault(i, $"{i}"));
        Assert.Equal(200, _ledger.Read().Count);
        Assert.Equal("204", _ledger.Read()[0].Words);
        Assert.Equal("5", _ledger.Read()[^1].Words);
        Assert.Equal(200, _ledger.Clear());
        Assert.Empty(_ledger.Read());
    }

    [Fact]
    public void It_is_bounded_in_bytes()
    {
        string block = new('A', 4_000_000);
        for (int i = 0; i < 10; i++)
            _ledger.Keep(Fault(i, $"{i}", block));
        Assert.Equal(["9", "8", "7", "6", "5", "4", "3"], _ledger.Read().Select(fault => fault.Words));
    }

    [Fact]
    public void Several_hosts_write_at_once_and_a_broken_file_costs_nothing()
    {
        Parallel.For(0, 8, host =>
        {
            var other = FaultLedger.Open(_folder.FullName);
            for (int i = 0; i < 40; i++)
                other.Keep(Fault(i, $"{host}"));
        });
        File.WriteAllText(Path.Combine(_ledger.Folder, "20260101-000000-0000000-broken.json"), "{ \"id\": ");
        Assert.InRange(_ledger.Read().Count, 199, 200);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(_ledger.Folder), file => file.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_costs_nothing()
    {
        string file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");
        var nowhere = FaultLedger.Open(file);
        nowhere.Keep(Fault(0, "lost"));
        Assert.Empty(nowhere.Read());
    }

    private static FaultRecord Fault(int second, string words, params string[] input) => new()
    {
        Id = FaultLedger.NewId(),
        Time = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(second),
        Effect = "comb",
        Version = "1.0.0",
        Host = "1.0.0",
        Preset = "neutral",
        Step = "comb",
        Cause = "threw",
        Words = words,
        Seed = ulong.MaxValue,
        Values = new System.Collections.Generic.Dictionary<string, double> { ["mix"] = double.NaN },
        Input = input,
    };
}
