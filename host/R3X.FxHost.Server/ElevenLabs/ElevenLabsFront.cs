using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace R3X.FxHost.Server.ElevenLabs;

/// <summary>The paths of ElevenLabs' protocol that carry speech or list voices, with <c>/elevenlabs</c> in front or
/// without. The rest passes through.</summary>
internal static class ElevenLabsFront
{
    private const string TimedEnding = "/with-timestamps";
    private const string TimedStreamEnding = "/stream/with-timestamps";

    private static readonly string[] Prefixes = ["", "/elevenlabs"];
    private static readonly string[] Services = ["/v1/text-to-speech/{voice}", "/v1/text-to-dialogue"];

    /// <summary>What the front needs.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<SpeechRequests>().AddSingleton<SpeechSockets>().AddSingleton<VoiceLists>();
        services.AddSingleton<PlainAnswer>().AddSingleton<TimedAnswer>();
    }

    /// <summary>Takes the paths.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (string prefix in Prefixes)
        {
            foreach (string service in Services)
                MapSpeech(routes, prefix + service);
            foreach (string path in (string[])["/v1/voices", "/v2/voices", "/v1/voices/{voice}"])
            {
                routes.MapGet(prefix + path, static (HttpContext context, VoiceLists lists) =>
                    lists.AnswerAsync(context)).ExcludeFromDescription();
            }
        }
    }

    private static void MapSpeech(IEndpointRouteBuilder routes, string path)
    {
        routes.MapPost(path, static (HttpContext context, SpeechRequests requests, PlainAnswer answer) =>
            requests.AnswerAsync(context, "", answer.WriteAsync)).ExcludeFromDescription();
        routes.MapPost(path + "/stream", static (HttpContext context, SpeechRequests requests, PlainAnswer answer) =>
            requests.AnswerAsync(context, "/stream", answer.WriteAsync)).ExcludeFromDescription();
        routes.MapPost(path + TimedEnding, static (HttpContext context, SpeechRequests requests, TimedAnswer answer) =>
            requests.AnswerAsync(context, TimedEnding, answer.WriteObjectAsync)).ExcludeFromDescription();
        routes.MapPost(path + TimedStreamEnding,
            static (HttpContext context, SpeechRequests requests, TimedAnswer answer) =>
                requests.AnswerAsync(context, TimedStreamEnding, answer.WriteLinesAsync)).ExcludeFromDescription();
        routes.MapGet(path + "/stream-input", static (HttpContext context, SpeechSockets sockets) =>
            sockets.AcceptAsync(context, "/stream-input")).ExcludeFromDescription();
        routes.MapGet(path + "/multi-stream-input", static (HttpContext context, SpeechSockets sockets) =>
            sockets.AcceptAsync(context, "/multi-stream-input")).ExcludeFromDescription();
    }
}
