using System;
using System.Collections.Generic;

namespace R3X.FxHost.StandIn;

/// <summary>The voices there are, the same in every protocol.</summary>
public static class Voices
{
    /// <summary>A voice that says nothing: every character takes 60 ms, and a word begins with a click.</summary>
    public const string Clicks = "clicks";

    /// <summary>Names, and what espeak-ng calls them.</summary>
    public static IReadOnlyDictionary<string, string> All { get; }
        = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["alloy"] = "en-us+m3",
            ["nova"] = "en-us+f3",
            ["adam"] = "en-us+m1",
            ["rachel"] = "en-us+f2",
            ["en_US-lessac-medium"] = "en-us+f4",
            [Clicks] = "",
        };
}
