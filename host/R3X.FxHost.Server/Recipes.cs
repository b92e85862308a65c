using System.Collections.Generic;

namespace R3X.FxHost.Server;

/// <summary>How each assistant is told of the server, in three lines. <c>docs/assistants.md</c> says more.</summary>
internal static class Recipes
{
    /// <summary>Lines as <c>r3x serve --help</c> prints them.</summary>
    public static IReadOnlyList<string> Lines { get; } =
    [
        "Home Assistant, in front of piper",
        "  r3x serve --wyoming 127.0.0.1:10200 --wyoming-address '*' --announce on",
        "  Settings > Devices & services: add what was found, or Wyoming Protocol, this machine's address, 10210",
        "  Settings > Voice assistants > Text-to-speech: R3X piper, and a voice with a sound such as \"(Excited)\"",
        "Open WebUI",
        "  r3x serve                                       # --openai http://127.0.0.1:8880 for one of your own",
        "  Admin Panel > Settings > Audio > Text-to-Speech Engine OpenAI, API Base URL http://127.0.0.1:7373/v1",
        "  TTS Voice: alloy@excited",
        "SillyTavern",
        "  r3x serve",
        "  Extensions > TTS > OpenAI Compatible, Provider Endpoint: http://127.0.0.1:7373/v1/audio/speech",
        "  Available Voices: alloy@excited,alloy@sad",
        "Pipecat",
        "  r3x serve --voice alloy=excited                 # its OpenAI service takes OpenAI's own voices alone",
        "  ElevenLabsTTSService(url=\"ws://127.0.0.1:7373\", settings=...Settings(voice=\"VOICE_ID@excited\"), ...)",
        "  OpenAITTSService(base_url=\"http://127.0.0.1:7373/v1\", voice=\"alloy\", ...)",
        "LiveKit",
        "  r3x serve",
        "  elevenlabs.TTS(base_url=\"http://127.0.0.1:7373/v1\", voice_id=\"VOICE_ID@excited\")",
        "  openai.TTS(base_url=\"http://127.0.0.1:7373/v1\", voice=\"alloy@excited\")",
        "ElevenLabs' and OpenAI's SDKs",
        "  r3x serve",
        "  ElevenLabs(base_url=\"http://127.0.0.1:7373\")    # JavaScript: baseUrl; voice VOICE_ID@excited",
        "  OPENAI_BASE_URL=http://127.0.0.1:7373/v1        # voice alloy@excited",
        "mpv, ffplay, aplay, paplay",
        "  r3x serve",
        "  r3x install-player ~/droid --preset excited",
        "  PATH=~/droid:$PATH assistant                    # whatever pipes its speech into one of them",
    ];
}
