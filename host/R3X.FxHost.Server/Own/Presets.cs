using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using R3X.FxHost.Presets;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Own;

/// <summary><c>/r3x/presets</c> and <c>/r3x/warm-up</c>.</summary>
internal static class Presets
{
    private const string Dry = "dry";

    /// <summary>Takes the paths.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/presets", static (FxHost host) => new PresetList(
            [
                .. host.Presets.ReadAll().Select(static listing => listing.Reading.Preset).OfType<Preset>()
                    .Select(static preset => new PresetEntry(preset.Id, preset.Name, preset.About)),
            ],
            host.Settings.Default)).WithSummary("Which presets there are.");
        routes.MapGet("/presets/{id}/preview", static (HttpContext context, ProcessedAnswer processed, FxHost host,
            ServeSettings settings, string id, [AsParameters] ProcessQuery query) =>
            PreviewAsync(context, processed, host, settings, id, query, BundledLine.Bytes))
            .AnswersAudio()
            .WithSummary("How a preset sounds: a bundled line through it.");
        routes.MapPost("/presets/{id}/preview", static (HttpContext context, ProcessedAnswer processed, FxHost host,
            ServeSettings settings, string id, [AsParameters] ProcessQuery query) =>
            PreviewAsync(context, processed, host, settings, id, query, null))
            .TakesAudio().AnswersAudio()
            .WithSummary("How a line of the caller's own sounds through a preset.");
        routes.MapPost("/warm-up", static (HttpContext context, FxHost host, Selections selections) =>
        {
            SpeechSelection selection = selections.Of(context.Request, queryPrefix: "");
            host.WarmUp(selection);
            return new WarmUpAnswer([.. host.Check(selection).Select(static wrong => wrong.Message)]);
        }).TakesSelection()
            .WithSummary("Loads a preset's effects, so that its first line begins as soon as its tenth.");
    }

    private static async Task PreviewAsync(HttpContext context, ProcessedAnswer processed, FxHost host,
        ServeSettings settings, string id, ProcessQuery query, byte[]? line)
    {
        // Elsewhere another one takes its place; here the caller wants to hear this one.
        if (id != Dry && !host.Presets.ListIds().Contains(id))
        {
            await Problem.WriteAsync(context, StatusCodes.Status404NotFound, $"There is no preset \"{id}\".",
                "GET /r3x/presets lists those there are.");
            return;
        }

        SpeechSelection selection = id == Dry ? SpeechSelection.WithoutEffects : SpeechSelection.OfPreset(id);
        await Processing.AnswerAsync(context, processed, settings, query, selection, line);
    }
}

/// <summary>Which presets there are, as JSON.</summary>
/// <param name="Presets">Those that can be used.</param>
/// <param name="Default">The id of the one for lines that nothing else chose.</param>
internal sealed record PresetList(IReadOnlyList<PresetEntry> Presets, string Default);

/// <summary>A preset, as JSON.</summary>
/// <param name="Id">What requests call it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Description">What it is for.</param>
internal sealed record PresetEntry(string Id, string Name, string Description);

/// <summary>A preset was warmed up, as JSON.</summary>
/// <param name="Warnings">What is not as it was asked for, each a whole sentence.</param>
internal sealed record WarmUpAnswer(IReadOnlyList<string> Warnings);
