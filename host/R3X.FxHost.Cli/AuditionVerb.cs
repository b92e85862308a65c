using System.CommandLine;
using System.Linq;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;

namespace R3X.FxHost.Cli;

/// <summary><c>r3x audition</c>: one line through every preset, dry first.</summary>
internal static class AuditionVerb
{
    public static Command Create()
    {
        var verb = new Verb(
            "audition",
            "Plays one line without effects and then through every preset, saying which is heard.",
            "r3x audition line.mp3",
            "r3x audition line.mp3 --amount 50%                 # half of every preset",
            "r3x audition line.mp3 --with ./Warble              # an effect of your own in every preset",
            "r3x audition line.raw --input-format pcm_24000");
        var input = new Argument<string>("IN") { Description = "The file to play." };
        var device = new Option<string?>("--device") { Description =
            "The loudspeaker: a name from r3x devices, null, or file:PATH.", HelpName = "NAME" };
        input.NoOptions();
        verb.Arguments.Add(input);
        verb.Options.Add(device);
        var sound = new SoundOptions(verb, withPreset: false);
        verb.Does(async (parsed, cancellation) =>
        {
            using FxHost host = sound.Host.Open(parsed, parsed.GetValue(device));
            string file = parsed.GetRequiredValue(input);
            if (file == "-")
                throw new UsageException(
                    "A line that is heard several times has to be a file; standard input can be read only once.");
            SpeechSelection all = new()
            {
                KeepsLevel = sound.KeepsLevel(parsed),
                Amount = sound.Amount(parsed),
                Overrides = sound.With.Additions(parsed, host),
            };
            await HearAsync("dry", "the line as it is", SpeechSelection.WithoutEffects);
            foreach (PresetListing listing in host.Presets.ReadAll())
            {
                if (listing.Reading.Preset is { } preset)
                {
                    SpeechSelection selection = all with { Preset = preset.Id };
                    sound.With.Tell(parsed, host, selection);
                    await HearAsync(preset.Id, preset.About, selection);
                }
                else
                    Messages.Warning(string.Join("\n\n", listing.Reading.Diagnostics.Select(DiagnosticText.Format)));
            }

            return ExitCode.Done;

            async Task HearAsync(string name, string about, SpeechSelection selection)
            {
                await Console.Out.WriteLineAsync($"{name,-14} {about}");
                SpeechReport line = await host.ProcessAndPlayAsync(sound.Audio(parsed, file), selection, cancellation);
                Messages.Of(line);
            }
        });
        return verb;
    }
}
