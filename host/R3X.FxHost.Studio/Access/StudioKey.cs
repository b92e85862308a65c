using System;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace R3X.FxHost.Studio.Access;

/// <summary>
/// What a browser has to know: 128 random bits, new with every start. It stands in the address that the program prints,
/// and then in a cookie, so that it is in no address bar and no history. Any thread.
/// </summary>
public sealed class StudioKey
{
    /// <summary>What the address calls it.</summary>
    internal const string Query = "key";

    private readonly byte[] _bytes;

    /// <summary>Draws one.</summary>
    public StudioKey()
    {
        Text = RandomNumberGenerator.GetHexString(32, lowercase: true);
        _bytes = System.Text.Encoding.ASCII.GetBytes(Text);
    }

    /// <summary>The key, 32 hexadecimal digits.</summary>
    public string Text { get; }

    /// <summary>Whether a request comes from a browser that was given the key.</summary>
    /// <param name="request">The request.</param>
    public bool IsKnownTo(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Matches(request.Cookies[CookieOf(request)]);
    }

    /// <summary>Whether a request's address holds the key.</summary>
    internal bool IsIn(HttpRequest request) => Matches(request.Query[Query]);

    /// <summary>Gives the browser the key to keep.</summary>
    internal void GiveTo(HttpContext context) => context.Response.Cookies.Append(
        CookieOf(context.Request),
        Text,
        new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/",
            IsEssential = true,
        });

    // Cookies do not tell ports apart, and two programs may serve one machine.
    private static string CookieOf(HttpRequest request) =>
        string.Create(CultureInfo.InvariantCulture, $"r3x-studio-{request.HttpContext.Connection.LocalPort}");

    private bool Matches(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.UTF8.GetBytes(given), _bytes);
}
