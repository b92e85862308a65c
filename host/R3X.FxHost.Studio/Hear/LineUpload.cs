using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace R3X.FxHost.Studio.Hear;

/// <summary>Takes a line that was dropped on a page, chosen or recorded there; it is read as it comes.</summary>
internal static class LineUpload
{
    private const int MostName = 120;

    /// <summary>Takes the path.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(StudioFront.Path + "/lines", TakeAsync).DisableAntiforgery();

    private static async Task<IResult> TakeAsync(
        HttpContext context, SoundStore sounds, string page, string name)
    {
        if (sounds.Find(page) is not { } sound)
            return Results.NotFound();
        name = name.Length > MostName ? name[..MostName] : name;
        SpeechAudio audio = SpeechAudio.FromStream(context.Request.Body).Named(name);
        return await sound.UseAsync(audio, name, context.RequestAborted)
            ? Results.NoContent() : Results.StatusCode(StatusCodes.Status422UnprocessableEntity);
    }
}
