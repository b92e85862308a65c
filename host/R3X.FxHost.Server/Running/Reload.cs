using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using R3X.FxHost.Server.Configuration;

namespace R3X.FxHost.Server.Running;

/// <summary>
/// Reads <c>host.yaml</c> and the files of secrets again, without a gap: what has begun goes on with the settings it
/// began with, what follows gets the new ones. A broken file changes nothing. Presets and plugins need no reload.
/// </summary>
/// <param name="host">Reads the file.</param>
/// <param name="source">Puts the settings together.</param>
/// <param name="live">The settings that hold.</param>
internal sealed class Reload(FxHost host, SettingsSource source, LiveSettings live)
{
    // What the server listens at, and what is connected before the host begins.
    private static readonly string[] Fixed =
        ["address", "port", "wyoming-address", "wyoming-port", "announce", "nats"];

    private readonly Lock _gate = new();
    private readonly HostSettings _first = host.Settings;

    /// <summary>Reads them, and says in the log what came of it.</summary>
    public void Run()
    {
        lock (_gate)
        {
            HostSettingsReading reading = host.ReadSettings();
            bool isBroken = reading.Diagnostics.Any(
                static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            foreach (PresetDiagnostic diagnostic in reading.Diagnostics)
                ServeLog.Warning(ServeLog.Format(diagnostic));
            ServeSettings now = live.Current;
            ServeSettings wanted = source.Read(reading.Settings.Serve, out IReadOnlyList<string> wrong);
            foreach (string mistake in wrong)
                ServeLog.Error(mistake);
            if (isBroken || wrong.Count > 0)
            {
                ServeLog.Error("Nothing was reloaded: the settings that held before hold on.");
                return;
            }

            if (wanted.Token is null && live.NeedsToken)
            {
                ServeLog.Error("The token stays, as other machines reach this server. Listen at 127.0.0.1 to need "
                    + "none.");
                wanted = wanted with { Token = now.Token };
            }

            live.Current = Adopt(now, wanted);
            Say(now, wanted, reading.Settings);
        }
    }

    // The rest of what is listened at stays as it is.
    private static ServeSettings Adopt(ServeSettings now, ServeSettings wanted) => wanted with
    {
        Address = now.Address,
        Port = now.Port,
        WyomingAddress = now.WyomingAddress,
        WyomingPort = now.WyomingPort,
        Announces = now.Announces,
        Nats = now.Nats,
    };

    private void Say(ServeSettings now, ServeSettings wanted, HostSettings file)
    {
        string[] changed = [.. ServeSettingsReader.Names.Where(key => IsOther(key, now, wanted))];
        string[] taken = [.. changed.Except(Fixed)];
        ServeLog.Information(taken.Length == 0 ? "Reloaded: no setting of serve: has changed."
            : $"Reloaded: {string.Join(", ", taken)}.");
        foreach (string key in changed.Intersect(Fixed))
        {
            ServeLog.Warning($"{key}: needs a restart; until then {SettingsTable.Text(now, key)} stays, and not "
                + $"{SettingsTable.Text(wanted, key)}.");
        }

        foreach (string key in NeedRestart(file))
            ServeLog.Warning($"{key}: needs a restart.");
    }

    private static bool IsOther(string key, ServeSettings now, ServeSettings wanted) => key == "token"
        ? now.Token != wanted.Token : SettingsTable.Text(now, key) != SettingsTable.Text(wanted, key);

    private IEnumerable<string> NeedRestart(HostSettings file)
    {
        if (file.Ducking != _first.Ducking)
            yield return "ducking";
        if (file.CacheFolder != _first.CacheFolder)
            yield return "cache";
        if (!file.PluginFolders.SequenceEqual(_first.PluginFolders, StringComparer.Ordinal))
            yield return "plugins";
    }
}
