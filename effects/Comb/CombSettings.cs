namespace R3X.FxHost.Effects;

/// <summary>What a comb line does with a frame.</summary>
/// <param name="DirectFrames">Delay of the feedforward echo, fractions allowed.</param>
/// <param name="LoopFrames">Delay in the loop without its damping, fractions allowed.</param>
/// <param name="Feedback">Factor per round, -0.9 to 0.9.</param>
/// <param name="Feedforward">Factor of the plain echo, -1 to 1.</param>
/// <param name="Keep">What the damping's one-pole low-pass keeps of its old value; 0 is off.</param>
/// <param name="Mix">Share of what is added, 0 to 1.</param>
internal readonly record struct CombSettings(
    double DirectFrames, double LoopFrames, float Feedback, float Feedforward, float Keep, float Mix);
