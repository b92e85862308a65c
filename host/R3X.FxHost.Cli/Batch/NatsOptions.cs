using System;
using System.CommandLine;
using System.Threading.Tasks;

namespace R3X.FxHost.Cli.Batch;

/// <summary>The options of verbs that reach a NATS server.</summary>
internal static class NatsOptions
{
    /// <summary>The variable that names the server where no option does.</summary>
    public const string AddressVariable = "R3X_NATS";

    private const string CredentialsVariable = "R3X_NATS_CREDS";

    public static Option<string?> Credentials() => new("--nats-creds")
    {
        Description = $"The file of credentials (.creds) for the NATS server; without it, {CredentialsVariable} names "
            + "one. User and password, or a token, may stand in the address instead.",
        HelpName = "FILE",
    };

    /// <summary>The file of credentials; null for none.</summary>
    /// <exception cref="UsageException">It is not there.</exception>
    public static string? File(ParseResult parsed, Option<string?> option)
    {
        string? file = parsed.GetValue(option) ?? Environment.GetEnvironmentVariable(CredentialsVariable);
        return file is null or "" ? null : System.IO.File.Exists(file) ? file
            : throw new UsageException($"There is no file of credentials \"{file}\". Check the path.");
    }

    /// <summary>Reaches a server.</summary>
    /// <exception cref="UsageException">Its address cannot be one.</exception>
    public static async Task<T> ReachAsync<T>(Func<Task<T>> open)
    {
        try
        {
            return await open();
        }
        catch (Exception e) when (e is UriFormatException or ArgumentException)
        {
            throw new UsageException($"That is no address of a NATS server: {e.Message} Write nats://HOST:4222.");
        }
    }
}
