using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;

namespace R3X.FxHost.Server.Configuration;

/// <summary>
/// What must not be seen: a token, a speech service's key. It is in the environment (<c>R3X_TOKEN</c>), in a file that
/// the environment names (<c>R3X_TOKEN_FILE</c>), or in a credential that systemd hands over (<c>r3x-token</c>); the
/// first of these counts. Files are read each time, so that a new key needs no restart. Any thread.
/// </summary>
internal static class Secrets
{
    private const string FileEnding = "_FILE";

    /// <summary>The variables that secrets have.</summary>
    public static readonly string[] Variables = ["R3X_TOKEN", "OPENAI_API_KEY", "ELEVENLABS_API_KEY"];

    /// <summary>Finds a secret.</summary>
    /// <param name="variable">The variable's name.</param>
    /// <param name="value">The secret.</param>
    /// <param name="place">Where it was found.</param>
    /// <returns>False where there is none.</returns>
    /// <exception cref="IOException">The file that is named cannot be read; the message says which, and what to
    /// do.</exception>
    public static bool TryFind(string variable, [NotNullWhen(true)] out string? value, out string place)
    {
        place = variable;
        value = Environment.GetEnvironmentVariable(variable);
        if (!string.IsNullOrEmpty(value))
            return true;
        place = variable + FileEnding;
        if (Environment.GetEnvironmentVariable(place) is { Length: > 0 } file)
            value = Read(file, place);
        else
            value = OfSystemd(variable, out place);
        return value is { Length: > 0 };
    }

    /// <summary>A secret; null where there is none, or its file cannot be read.</summary>
    public static string? Find(string variable)
    {
        try
        {
            return TryFind(variable, out string? value, out _) ? value : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? OfSystemd(string variable, out string place)
    {
        place = "credential " + CredentialOf(variable);
        return Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } folder
            && Path.Combine(folder, CredentialOf(variable)) is { } file && File.Exists(file) ? Read(file, place) : null;
    }

    private static string CredentialOf(string variable) => variable.Replace('_', '-').ToLowerInvariant();

    private static string Read(string file, string place)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException(
                $"{place}: {file} cannot be read: {e.Message} Correct the path, or let this user read the file.", e);
        }
    }
}
