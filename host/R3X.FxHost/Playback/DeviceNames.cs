using System;
using System.Collections.Generic;
using System.Linq;

namespace R3X.FxHost.Playback;

/// <summary>Finds the device somebody means: by its name, or by part of what it is called, whatever the case.</summary>
internal static class DeviceNames
{
    /// <summary>Finds one device.</summary>
    /// <param name="wanted">What was typed.</param>
    /// <param name="devices">What there is.</param>
    /// <exception cref="DeviceException">None fits, or several do.</exception>
    public static int Find(string wanted, IReadOnlyList<(string Name, string Description)> devices)
    {
        foreach (StringComparison comparison in (StringComparison[])[StringComparison.Ordinal,
            StringComparison.OrdinalIgnoreCase])
        {
            for (int i = 0; i < devices.Count; i++)
            {
                if (devices[i].Name.Equals(wanted, comparison) || devices[i].Description.Equals(wanted, comparison))
                    return i;
            }
        }

        int[] fitting = [.. Enumerable.Range(0, devices.Count).Where(
            i => Fits(wanted, devices[i].Name) || Fits(wanted, devices[i].Description))];
        if (fitting.Length == 1)
            return fitting[0];
        if (fitting.Length > 1)
        {
            throw new DeviceException(
                $"'{wanted}' fits {fitting.Length} loudspeakers: {Listed(fitting.Select(i => devices[i].Name))}. Say "
                    + $"more of the name.");
        }

        if (devices.Count == 0)
            throw new DeviceException($"There is no loudspeaker '{wanted}', nor any other.");

        string nearest = devices.MinBy(d => Math.Min(Distance(wanted, d.Name), Distance(wanted, d.Description))).Name;
        throw new DeviceException(
            $"There is no loudspeaker '{wanted}'. The nearest is '{nearest}'. There are: "
            + $"{Listed(devices.Select(d => d.Name).Prepend(OutputDevices.DefaultName).Distinct())}, null, file:PATH.");
    }

    private static bool Fits(string wanted, string name) => wanted.Length > 0
        && name.Contains(wanted, StringComparison.OrdinalIgnoreCase);

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names);

    // Edit distance (Levenshtein), one row at a time, whatever the case.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
