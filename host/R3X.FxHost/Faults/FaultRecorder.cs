using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using R3X.FxHost.Chains;
using R3X.FxHost.Plugins;

namespace R3X.FxHost.Faults;

/// <summary>
/// Brings a host's faults into the ledger, one after the other and off the audio path. Any thread; never throws.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="effects">The host's effects.</param>
/// <param name="time">The host's clock.</param>
internal sealed class FaultRecorder(FaultLedger ledger, IEffectCatalogue effects, TimeProvider time)
{
    private static readonly TimeSpan LongestFlush = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTime Written, string Hash)> _hashes = new(StringComparer.Ordinal);
    private Task _last = Task.CompletedTask;

    /// <summary>Takes a fault; it is written on the pool.</summary>
    public void Record(SlotFault fault)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_gate)
        {
            _last = _last.ContinueWith(
                _ => Keep(fault, now), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>Waits until what was taken is written; two seconds at most.</summary>
    public void Flush()
    {
        Task last;
        lock (_gate)
            last = _last;
        last.Wait(LongestFlush);
    }

    private void Keep(SlotFault fault, DateTimeOffset at)
    {
        try
        {
            ledger.Keep(RecordOf(fault, at));
        }
        catch (Exception)
        {
            // The fault is in the line's report and in the log: to lose its record costs no line.
        }
    }

    private FaultRecord RecordOf(SlotFault fault, DateTimeOffset at)
    {
        string? file = effects.Effects.FirstOrDefault(effect => effect.Id == fault.EffectId)?.File;
        FaultMoment? moment = fault.Moment;
        var values = new Dictionary<string, double>();
        for (int i = 0; moment is not null && i < moment.Values.Count; i++)
            values[moment.Parameters[i].Id] = moment.Values[i];
        return new FaultRecord
        {
            Id = FaultLedger.NewId(),
            Time = at,
            Effect = fault.EffectId,
            Version = fault.EffectVersion,
            File = file,
            Hash = HashOf(file),
            Host = typeof(FaultRecorder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                ?.InformationalVersion ?? "",
            Preset = fault.PresetId,
            Step = fault.Step,
            Cause = fault.Word,
            Words = fault.What,
            Trace = fault.Trace,
            SampleRate = moment?.Format.SampleRate ?? 0,
            Channels = moment?.Format.Channels ?? 0,
            MaxFrames = moment?.MaxFrames ?? 0,
            Quality = moment?.Quality ?? default,
            Seed = moment?.Seed ?? 0,
            Values = values,
            Curve = [.. (moment?.Curve.Points ?? []).Select(static point => new[] { point.Frequency, point.Value })],
            Block = fault.Block,
            Frame = fault.Frame,
            Input = [.. (moment?.Input ?? []).Select(
                static channel => Convert.ToBase64String(MemoryMarshal.AsBytes(channel.AsSpan())))],
        };
    }

    private string? HashOf(string? file)
    {
        if (file is null)
            return null;
        try
        {
            DateTime written = File.GetLastWriteTimeUtc(file);
            if (_hashes.TryGetValue(file, out var known) && known.Written == written)
                return known.Hash;
            string hash = PluginHash.Of(file, ownsFolder: !effects.Folders.Contains(Path.GetDirectoryName(file)));
            _hashes[file] = (written, hash);
            return hash;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
