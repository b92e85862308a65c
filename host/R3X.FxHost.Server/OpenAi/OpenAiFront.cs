using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace R3X.FxHost.Server.OpenAi;

/// <summary>The paths of OpenAI's protocol that carry speech, with <c>/openai</c> in front or without.</summary>
internal static class OpenAiFront
{
    private static readonly string[] Prefixes = ["", "/openai"];

    /// <summary>Takes the paths.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (string prefix in Prefixes)
        {
            routes.MapPost(prefix + "/v1/audio/speech", Speech.AnswerAsync).ExcludeFromDescription();
            routes.MapGet(prefix + "/v1/audio/voices", VoiceList.AnswerAsync).ExcludeFromDescription();
            // Some clients are given the whole path as a base, or a base without /v1.
            routes.MapPost(prefix + "/audio/speech", Speech.AnswerAsync).ExcludeFromDescription();
        }
    }
}
