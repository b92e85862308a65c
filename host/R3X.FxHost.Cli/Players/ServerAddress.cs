using System;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;

namespace R3X.FxHost.Cli.Players;

/// <summary>Where <c>r3x serve</c> is looked for: <c>R3X_SERVE</c> says it, <c>R3X_TOKEN</c> opens it.</summary>
/// <param name="Uri">Its address.</param>
/// <param name="Token">Its token, if it wants one.</param>
internal sealed record ServerAddress(Uri Uri, string? Token)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The address the environment says; null where it says <c>off</c>, or what is no address.</summary>
    public static ServerAddress? Find()
    {
        string text = Environment.GetEnvironmentVariable("R3X_SERVE") is { Length: > 0 } named
            ? named : "http://127.0.0.1:7373";
        if (text == "off")
            return null;
        if (!text.Contains("://", StringComparison.Ordinal))
            text = "http://" + text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            Messages.Warning($"R3X_SERVE: \"{text}\" is no address. Write http://127.0.0.1:7373, or off.");
            return null;
        }

        string? token = Environment.GetEnvironmentVariable("R3X_TOKEN");
        return new ServerAddress(uri, string.IsNullOrEmpty(token) ? null : token);
    }

    /// <summary>Connects.</summary>
    /// <exception cref="IOException">Nobody is there.</exception>
    /// <exception cref="SocketException">Nobody is there.</exception>
    public Stream Connect()
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            if (!client.ConnectAsync(Uri.Host, Uri.Port).Wait(Patience))
                throw new IOException($"Nobody answered within {Patience.TotalSeconds} s.");
            Stream stream = client.GetStream();
            if (Uri.Scheme == "https")
            {
                var secured = new SslStream(stream);
                secured.AuthenticateAsClient(Uri.Host);
                stream = secured;
            }

            return stream;
        }
        catch (AggregateException e) when (e.InnerException is SocketException)
        {
            client.Dispose();
            throw e.InnerException;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>The head of a request, but for its own headers and the empty line.</summary>
    /// <param name="request">Such as <c>POST /r3x/speak?preset=radio</c>.</param>
    public string Head(string request) =>
        $"{request} HTTP/1.1\r\nHost: {Uri.Authority}\r\n"
        + (Token is null ? "" : $"Authorization: Bearer {Token}\r\n");
}
