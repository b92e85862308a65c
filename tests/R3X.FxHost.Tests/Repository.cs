using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace R3X.FxHost.Tests;

/// <summary>Where the checkout under test stands.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value
            ?? throw new InvalidOperationException("RepositoryRoot is not set.");

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);
}
