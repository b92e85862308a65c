using System;

namespace R3X.FxHost.Nats.Batch;

/// <summary>
/// The names of messages and objects. A batch is a word that stands for the command that gives it out: the same command
/// has the same word whenever it runs.
/// </summary>
internal static class Subjects
{
    public const string AllJobs = "r3x.jobs.*.*";
    public const string AllResults = "r3x.results.*.*";
    public const string AllPoisoned = "r3x.poisoned.*.*";

    public static string Job(string batch, string job) => $"r3x.jobs.{batch}.{job}";

    public static string JobsOf(string batch) => $"r3x.jobs.{batch}.*";

    public static string Result(string batch, string job) => $"r3x.results.{batch}.{job}";

    public static string ResultsOf(string batch) => $"r3x.results.{batch}.*";

    public static string PoisonedJob(string batch, string job) => $"r3x.poisoned.{batch}.{job}";

    /// <summary>Where workers say that they cannot do a batch's jobs, to whoever listens at that moment.</summary>
    public static string Refusals(string batch) => $"r3x.refused.{batch}";

    public static string Line(string batch, string hash) => $"line.{batch}.{hash}";

    public static string Recipe(string hash) => $"recipe.{hash}";

    public static string RenderedAudio(string batch, string job) => $"audio.{batch}.{job}";

    /// <summary>The batch and the job that a subject names.</summary>
    public static (string Batch, string Job) Parts(string subject)
    {
        string[] words = subject.Split('.');
        return words.Length == 4
            ? (words[2], words[3])
            : throw new ArgumentException($"{subject} names no job.", nameof(subject));
    }
}
