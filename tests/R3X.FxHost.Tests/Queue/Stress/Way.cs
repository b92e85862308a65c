namespace R3X.FxHost.Tests.Queue.Stress;

/// <summary>How a line comes in.</summary>
internal enum Way
{
    Whole,
    Bursting,
    Trickling,
    Stalled,
    Dying,
    Broken,
}
