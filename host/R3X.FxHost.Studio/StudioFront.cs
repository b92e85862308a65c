using System;
using System.Linq;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using R3X.FxHost.Studio.Access;
using R3X.FxHost.Studio.Drafts;
using R3X.FxHost.Studio.Hear;

namespace R3X.FxHost.Studio;

/// <summary>The studio's place in a server.</summary>
public static class StudioFront
{
    /// <summary>The page's path.</summary>
    public const string Path = "/studio";

    /// <summary>What an address calls the server's token.</summary>
    internal const string TokenQuery = "token";

    // A whole preset, as a message of the page, and each of its letters perhaps written as six.
    private const long LongestMessage = 2 * 1024 * 1024;

    private static readonly PathString[] Files = ["/_framework", "/_content"];

    /// <summary>What the studio needs; the <see cref="FxHost"/> is there already.</summary>
    /// <param name="services">The server's.</param>
    public static void Add(IServiceCollection services)
    {
        services.AddLocalization();
        // A page lives as long as the server, and so do the keys it is sealed with: nothing is written.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(static hub => hub.MaximumReceiveMessageSize = LongestMessage);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StudioKey>();
        services.AddSingleton<DraftStore>().AddScoped<PageState>();
        services.AddSingleton<SoundStore>().AddScoped<Sound>();
    }

    /// <summary>Takes the studio's paths.</summary>
    /// <param name="app">The server.</param>
    public static void Map(WebApplication app)
    {
        app.UseMiddleware<StudioGuard>();
        app.UseAntiforgery();
        app.MapStaticAssets();
        AudioSocket.Map(app);
        LineUpload.Map(app);
        // The guard says who may frame the page: nobody.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(
            static options => options.ContentSecurityFrameAncestorsPolicy = null);
    }

    /// <summary>The page's address on this machine, with its key.</summary>
    /// <param name="app">The server, which listens.</param>
    public static string AddressOf(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        BindingAddress address = app.Urls.Select(BindingAddress.Parse)
            .OrderBy(static one => one.Scheme != "http").First();
        // Every address of the machine is no address that a browser could open.
        bool isAny = !IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip)
            || ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any);
        string host = isAny && address.Host != "localhost" ? "127.0.0.1" : address.Host;
        string key = app.Services.GetRequiredService<StudioKey>().Text;
        return FormattableString.Invariant(
            $"{address.Scheme}://{host}:{address.Port}{Path}?{StudioKey.Query}={key}");
    }

    /// <summary>Whether a path is the studio's: its page, what that asks, and its files.</summary>
    /// <param name="path">A request's path.</param>
    public static bool Owns(PathString path) =>
        path.StartsWithSegments(Path) || path.StartsWithSegments("/_blazor") || IsFile(path);

    /// <summary>Whether a path is that of a file which comes with the program.</summary>
    internal static bool IsFile(PathString path) => Array.Exists(Files, folder => path.StartsWithSegments(folder));

    /// <summary>Asks a browser for the server's token.</summary>
    /// <param name="context">A request for the page.</param>
    public static System.Threading.Tasks.Task AskTokenAsync(HttpContext context) => RefusalPage.AskTokenAsync(context);
}
