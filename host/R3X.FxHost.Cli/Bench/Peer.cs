using System;

namespace R3X.FxHost.Cli.Bench;

/// <summary>A program that is measured beside this one.</summary>
/// <param name="Name">What it is called on the PATH.</param>
/// <param name="Chain">The arguments that make its nearest chain of the input.</param>
/// <param name="Copy">The arguments that only copy the input.</param>
/// <param name="Install">Where it comes from, as a sentence's end.</param>
internal sealed record Peer(string Name, string Chain, string Copy, string Install)
{
    public const string Input = "in.wav";
    public const string Output = "out.wav";

    /// <summary>Single echoes stand for the comb; sox has no exciter.</summary>
    public static Peer[] All { get; } =
    [
        new(
            "ffmpeg",
            "-i in.wav -threads 1 -c:a pcm_s16le -af "
                + "highpass=f=100,equalizer=f=4000:t=q:w=0.7:g=3,"
                + "acompressor=threshold=-20dB:ratio=3:attack=5:release=50,"
                + "aexciter,asoftclip=type=tanh,aecho=1:1:8:0.4,alimiter=limit=-1dB:level=disabled out.wav",
            "-i in.wav -threads 1 -c:a pcm_s16le out.wav",
            OperatingSystem.IsWindows() ? "winget install Gyan.FFmpeg" : OperatingSystem.IsMacOS()
                ? "brew install ffmpeg" : "sudo apt install ffmpeg (Fedora: sudo dnf install ffmpeg-free)"),
        new(
            "sox",
            "in.wav out.wav highpass 100 equalizer 4000 0.7q 3 compand 0.005,0.05 6:-20,-20,0,-13.33 gain -3 overdrive "
                + "3 echo 1 1 8 0.4 compand 0.001,0.05 -1,-1,0,-1",
            "in.wav out.wav",
            OperatingSystem.IsWindows() ? "winget install ChrisBagwell.SoX" : OperatingSystem.IsMacOS()
                ? "brew install sox" : "sudo apt install sox (Fedora: sudo dnf install sox)"),
    ];
}
