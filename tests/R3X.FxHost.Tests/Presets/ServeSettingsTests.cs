using System;
using System.Collections.Generic;
using System.Linq;
using R3X.FxHost.Presets;
using R3X.FxHost.Presets.Diagnostics;
using Xunit;

namespace R3X.FxHost.Tests.Presets;

public sealed class ServeSettingsTests
{
    [Fact]
    public void What_host_yaml_says_under_serve_holds()
    {
        ServeSettings settings = Read("""
            host: 1
            serve:
              address: "*"
              port: 80
              wyoming-port: off
              token: it's "secret"
              origins: [ "https://chat.example" ]
              openai: http://127.0.0.1:8880/v1/
              elevenlabs: off
              wyoming: piper.local:10200
              announce: on
              voices: { alloy: excited, "me@home": { preset: radio, amount: 70% }, echo: radio@50% }
              speakers: { waiter: sad }
              limits: { lines: 10, text: 100, time: 120 s, idle: 5 s }
            """);

        Assert.Equal(("*", 80, null, "it's \"secret\""),
            (settings.Address, settings.Port, settings.WyomingPort, settings.Token));
        Assert.Equal("http://127.0.0.1:8880/", settings.OpenAi!.AbsoluteUri);
        Assert.Null(settings.ElevenLabs);
        Assert.Equal(("piper.local", 10_200), (settings.Wyoming!.Host, settings.Wyoming.Port));
        Assert.True(settings.Announces);
        Assert.Equal("https://chat.example", Assert.Single(settings.Origins));
        Assert.Equal(new VoiceSound("excited"), settings.Voices["alloy"]);
        Assert.Equal(new VoiceSound("radio", "70%"), settings.Voices["me@home"]);
        Assert.Equal(new VoiceSound("radio", "50%"), settings.Voices["echo"]);
        Assert.Equal(new VoiceSound("sad"), settings.Speakers["waiter"]);
        Assert.Equal((10, 100, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(5)),
            (settings.Limits.Lines, settings.Limits.Text, settings.Limits.Time, settings.Limits.Idle));
    }

    [Fact]
    public void Without_a_word_only_this_machine_is_let_in()
    {
        Assert.Equal("127.0.0.1", ServeSettings.Default.Address);
        Assert.Equal("127.0.0.1", ServeSettings.Default.WyomingAddress);
        Assert.Null(ServeSettings.Default.Token);
        Assert.False(ServeSettings.Default.Announces);
    }

    [Fact]
    public void A_setting_given_alone_is_read_by_the_same_rules_and_names_its_place()
    {
        ServeSettings settings = ServeSettingsReader.Set(
            "--port", "port", "99999", ServeSettings.Default, out IReadOnlyList<PresetDiagnostic> wrong);

        Assert.Equal(ServeSettings.Default.Port, settings.Port);
        Assert.Equal("--port  port is a whole number from 0 to 65535; \"99999\" is none.\n"
            + " Write a number such as \"7373\".", DiagnosticText.Format(Assert.Single(wrong)));
    }

    [Fact]
    public void Voices_given_one_by_one_add_to_those_of_the_file()
    {
        ServeSettings settings = ServeSettingsReader.Set(
            "--voice", "voices", "{ 'nova': 'radio@30%' }",
            Read("host: 1\nserve: { voices: { alloy: excited } }"), out IReadOnlyList<PresetDiagnostic> wrong);

        Assert.Empty(wrong);
        Assert.Equal(["alloy", "nova"], settings.Voices.Keys.Order());
        Assert.Equal(new VoiceSound("radio", "30%"), settings.Voices["nova"]);
    }

    private static ServeSettings Read(string text)
    {
        HostSettingsReading reading = HostSettingsReader.Read(text, "host.yaml", Repository.Root);
        Assert.Empty(reading.Diagnostics);
        return reading.Settings.Serve;
    }
}
