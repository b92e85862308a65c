using System;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using R3X.FxHost.Studio.Drafts;

namespace R3X.FxHost.Studio;

/// <summary>The studio's place in a server.</summary>
public static class StudioFront
{
    /// <summary>The page's path.</summary>
    public const string Path = "/studio";

    /// <summary>What the studio needs; the <see cref="FxHost"/> is there already.</summary>
    /// <param name="services">The server's.</param>
    public static void Add(IServiceCollection services)
    {
        services.AddLocalization();
        // A page lives as long as the server, and so do the keys it is sealed with: nothing is written.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DraftStore>().AddScoped<PageState>();
    }

    /// <summary>Takes the studio's paths.</summary>
    /// <param name="app">The server.</param>
    public static void Map(WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
