using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace R3X.FxHost.Presets;

/// <summary>One folder of presets, listed with its files' stamps at most every 200 ms: nothing watches it. Any thread; reads the folder.</summary>
/// <param name="path">The folder; it need not exist.</param>
/// <param name="clock">The clock.</param>
internal sealed class PresetFolder(string path, TimeProvider clock)
{
    /// <summary>How old a listing may be.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(200);

    private FolderListing? _listing;

    /// <summary>Its path.</summary>
    public string Path => path;

    /// <summary>The folder as it is, or was at most 200 ms ago.</summary>
    public FolderListing Listing
    {
        get
        {
            FolderListing? known = Volatile.Read(ref _listing);
            return known is not null && clock.GetElapsedTime(known.ListedAt) < Freshness ? known : List();
        }
    }

    /// <summary>Lists the folder anew.</summary>
    public FolderListing List()
    {
        long now = clock.GetTimestamp();
        List<ListedPreset> files = [];
        foreach (string file in FilesIn(path))
        {
            if (PresetFile.StampOf(file) is { } stamp)
                files.Add(new ListedPreset(PresetFile.IdIn(file), file, stamp));
        }

        // Two files may have one name but for how its accents are stored; the first stands.
        var listing = new FolderListing(now, [.. files.DistinctBy(file => file.Id)]);
        Volatile.Write(ref _listing, listing);
        return listing;
    }

    /// <summary>
    /// The file of a preset, or null. Names are compared by letter, so that a preset is not found on one system and missing on the next.
    /// </summary>
    public string? FileOf(string id)
    {
        if (Listing.Find(id) is { } listed && PresetFile.StampOf(listed.File) is not null)
            return listed.File;
        // It may be younger than the listing. One look tells, where a whole listing would cost as much for every name that is wrong.
        string young = System.IO.Path.Combine(path, id + PresetFile.Extension);
        return PresetFile.StampOf(young) is null ? null : List().Find(id)?.File;
    }

    /// <summary>The presets of a folder, sorted: every <c>*.yaml</c> but host.yaml. Reads the folder, not the files.</summary>
    public static List<string> FilesIn(string folder)
    {
        List<string> files = [];
        try
        {
            foreach (string file in Directory.EnumerateFiles(folder))
            {
                if (PresetFile.IsPreset(System.IO.Path.GetFileName(file.AsSpan())))
                    files.Add(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }
}
