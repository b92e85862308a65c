using System.Globalization;
using System.Text.Encodings.Web;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace R3X.FxHost.Studio.Access;

/// <summary>Says in words why a browser was not let in, and what to do.</summary>
internal static class RefusalPage
{
    /// <summary>Answers 403: a page to who asked for one, a sentence to programs.</summary>
    /// <param name="context">The request.</param>
    /// <param name="reason">The key of the reason among the texts.</param>
    public static Task WriteAsync(HttpContext context, string reason)
    {
        IStringLocalizer<Texts> texts = TextsOf(context);
        return WriteAsync(context, StatusCodes.Status403Forbidden, texts[reason], texts[reason + ".Fix"], "");
    }

    /// <summary>Asks for the server's token, and comes back with it and with what the address holds.</summary>
    /// <param name="context">The request.</param>
    public static Task AskTokenAsync(HttpContext context)
    {
        IStringLocalizer<Texts> texts = TextsOf(context);
        string key = Encoded(context.Request.Query[StudioKey.Query].ToString());
        string form = $"""
            <form action="{StudioFront.Path}"><input type="hidden" name="{StudioKey.Query}" value="{key}">
            <label>{Encoded(texts["Refused.Token.Label"])}
            <input type="password" name="{StudioFront.TokenQuery}" required autocomplete="current-password"></label>
            <button>{Encoded(texts["Refused.Token.Button"])}</button></form>
            """;
        StudioGuard.Protect(context);
        return WriteAsync(
            context, StatusCodes.Status401Unauthorized, texts["Refused.Token"], texts["Refused.Token.Fix"], form);
    }

    private static Task WriteAsync(HttpContext context, int status, string why, string fix, string form)
    {
        context.Response.StatusCode = status;
        if (!HttpMethods.IsGet(context.Request.Method) || context.Request.Path != StudioFront.Path)
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync($"{why} {fix}");
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($$"""
            <!DOCTYPE html>
            <html lang="{{CultureInfo.CurrentUICulture.TwoLetterISOLanguageName switch { "iv" => "en", var l => l }}}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>{{Encoded(TextsOf(context)["Title"])}}</title>
              <style>
                body { font: 1rem/1.5 system-ui, sans-serif }
                main { max-inline-size: 40rem; margin: 4rem auto; padding: 0 1rem }
                input, button { font: inherit; padding: .3rem .5rem }
              </style>
            </head>
            <body><main><h1>{{Encoded(why)}}</h1><p>{{Encoded(fix)}}</p>{{form}}</main></body>
            </html>
            """);
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);

    private static IStringLocalizer<Texts> TextsOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
}
