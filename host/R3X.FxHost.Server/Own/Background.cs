using System;
using System.ComponentModel;
using System.IO;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using R3X.FxHost.Decoding;
using R3X.FxHost.Ducking;
using R3X.FxHost.Formats;
using R3X.FxHost.Server.Answers;

namespace R3X.FxHost.Server.Own;

/// <summary><c>/r3x/background</c>: music or ambience that makes way for speech.</summary>
internal static class Background
{
    private const double Quietest = -60;

    /// <summary>Takes the paths.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/background", static (FxHost host) => BackgroundStatus.Of(host.Background.Current))
            .WithSummary("What plays under speech.");
        routes.MapPut("/background", PlayAsync).TakesAudio()
            .WithSummary("Plays music or ambience under speech, in place of what plays, again and again.")
            .WithDescription("It goes down while a voice is heard. All of it is kept in memory.")
            .Produces<BackgroundStatus>();
        routes.MapDelete("/background", static (FxHost host) =>
        {
            host.Background.Stop();
            return BackgroundStatus.Of(null);
        }).WithSummary("Fades out what plays under speech, within half a second.");
    }

    private static async Task PlayAsync(
        HttpContext context, FxHost host,
        [Description("How loud it is while nobody speaks, in dB, -60 to 0; -10 unless said.")] double? level,
        [FromQuery(Name = "input_format"), Description("What headerless audio is: pcm_44100, ...")] string? inputFormat)
    {
        double db = level ?? BackgroundSound.DefaultLevelDb;
        if (!(db is >= Quietest and <= 0))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"level is {db}.",
                $"It goes from {Quietest} to 0 dB.");
            return;
        }

        if (inputFormat is not null && !AudioFormatName.TryParse(inputFormat, out _, out string? reason))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, reason, "It stands in input_format.");
            return;
        }

        var music = new MemoryStream();
        await context.Request.Body.CopyToAsync(music, context.RequestAborted);
        SpeechAudio audio = SpeechAudio.FromBytes(music.GetBuffer().AsMemory(0, (int)music.Length), inputFormat)
            .Named("the background");
        try
        {
            await using var reader = new LineReader(audio, context.RequestAborted);
            await reader.OpenAsync();
        }
        catch (UnreadableAudioException e)
        {
            await Problem.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, e.Message,
                "Send audio, and name headerless audio with input_format.");
            return;
        }

        BackgroundSound sound = host.Background.Play(audio, levelDb: db);
        await context.Response.WriteAsJsonAsync(BackgroundStatus.Of(sound));
    }
}

/// <summary>What plays under speech, as JSON.</summary>
/// <param name="Playing">Whether anything does.</param>
/// <param name="Level">How loud it is while nobody speaks, in dB.</param>
internal sealed record BackgroundStatus(bool Playing, double? Level)
{
    /// <summary>A sound as JSON.</summary>
    public static BackgroundStatus Of(BackgroundSound? sound) =>
        new(sound is { Finished.IsCompleted: false }, sound?.LevelDb);
}
