using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace R3X.FxHost.Server.Own;

/// <summary>What the OpenAPI document says and the code does not show: audio, events, which sound, errors.</summary>
internal static class Descriptions
{
    private const string Ok = "200";

    private static readonly (string Name, string About)[] Selection =
    [
        ("preset", "The preset's id; an unknown one falls back and is reported."),
        ("mood", "The mood the line is spoken in, such as excited; without a preset, the presets choose by it."),
        ("cue", "What the line is for, such as greeting."),
        ("text", "The words that are spoken."),
        ("speaker", "Whose voice it is."),
        ("amount", "How much of the preset's effects is heard, such as 70%."),
        ("seed", "What everything random follows from."),
        ("dry", "true: without effects."),
    ];

    /// <summary>The body is audio.</summary>
    public static RouteHandlerBuilder TakesAudio(this RouteHandlerBuilder route) =>
        route.AddOpenApiOperationTransformer(static (operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Description = "Audio: MP3, WAV, Opus, headerless samples and whatever ffmpeg reads.",
                Content = new Dictionary<string, OpenApiMediaType> { ["audio/*"] = new() { Schema = Bytes() } },
            };
            return Task.CompletedTask;
        });

    /// <summary>The answer is audio.</summary>
    public static RouteHandlerBuilder AnswersAudio(this RouteHandlerBuilder route) =>
        route.AddOpenApiOperationTransformer(static (operation, _, _) =>
        {
            Answer(operation, "The line, while it is made.", "audio/*", Bytes());
            return Task.CompletedTask;
        });

    /// <summary>The answer is server-sent events.</summary>
    /// <param name="route">The operation.</param>
    /// <param name="kinds">The events' data.</param>
    public static RouteHandlerBuilder AnswersEvents(this RouteHandlerBuilder route, params Type[] kinds) =>
        route.AddOpenApiOperationTransformer(async (operation, context, cancellation) =>
        {
            var data = new OpenApiSchema { OneOf = [] };
            foreach (Type kind in kinds)
            {
                OpenApiSchema schema = await context.GetOrCreateSchemaAsync(kind, null, cancellation);
                context.Document!.AddComponent(kind.Name, schema);
                data.OneOf.Add(new OpenApiSchemaReference(kind.Name, context.Document));
            }

            Answer(operation, "Events, each with its name and its data.", EventStream.ContentType, data);
        });

    /// <summary>The query says which sound.</summary>
    public static RouteHandlerBuilder TakesSelection(this RouteHandlerBuilder route) =>
        route.AddOpenApiOperationTransformer(static (operation, _, _) =>
        {
            operation.Parameters ??= [];
            foreach ((string name, string about) in Selection)
            {
                if (!operation.Parameters.Any(parameter => parameter.Name == name))
                {
                    operation.Parameters.Add(new OpenApiParameter
                    {
                        Name = name,
                        In = ParameterLocation.Query,
                        Description = about + " The header X-R3X-" + char.ToUpperInvariant(name[0]) + name[1..]
                            + " says the same.",
                        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    });
                }
            }

            return Task.CompletedTask;
        });

    /// <summary>Describes the whole interface.</summary>
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info.Title = "R3X.FxHost";
            document.Info.Description = "Voices with effects, from any language: lines processed, or spoken on the "
                + "host's loudspeaker. Where the server has a token, it is sent as \"Authorization: Bearer TOKEN\", "
                + "\"X-R3X-Token: TOKEN\" or token=TOKEN in the query.";
            // Whoever reads it knows where it came from.
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static async (operation, context, cancellation) =>
        {
            OpenApiSchema schema = await context.GetOrCreateSchemaAsync(typeof(ErrorAnswer), null, cancellation);
            context.Document!.AddComponent(nameof(ErrorAnswer), schema);
            operation.Responses ??= [];
            operation.Responses["default"] = new OpenApiResponse
            {
                Description = "What is wrong, and what to do about it.",
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new()
                    {
                        Schema = new OpenApiSchemaReference(nameof(ErrorAnswer), context.Document),
                    },
                },
            };
        });
    }

    private static void Answer(OpenApiOperation operation, string about, string type, OpenApiSchema schema)
    {
        operation.Responses ??= [];
        if (!operation.Responses.TryGetValue(Ok, out IOpenApiResponse? response))
            operation.Responses[Ok] = response = new OpenApiResponse { Description = about };
        var answer = (OpenApiResponse)response;
        answer.Content ??= new Dictionary<string, OpenApiMediaType>();
        answer.Content[type] = new OpenApiMediaType { Schema = schema };
    }

    private static OpenApiSchema Bytes() => new() { Type = JsonSchemaType.String, Format = "binary" };
}

/// <summary>An error, as JSON.</summary>
/// <param name="Error">The error.</param>
internal sealed record ErrorAnswer(ErrorDetail Error);

/// <summary>An error.</summary>
/// <param name="Message">What is wrong, and what to do about it: whole sentences.</param>
/// <param name="Fix">What to do about it alone.</param>
internal sealed record ErrorDetail(string Message, string Fix);
