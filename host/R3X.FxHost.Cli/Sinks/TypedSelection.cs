using System;
using System.IO;
using System.Threading;

namespace R3X.FxHost.Cli.Sinks;

/// <summary>A selection that lines on standard input change: a preset's name, <c>mood NAME</c>, <c>amount 60%</c>, or
/// <c>dry</c>. What cannot be is refused, and what was before stays.</summary>
internal sealed class TypedSelection(FxHost host, SpeechSelection first)
{
    private SpeechSelection _selection = first;

    /// <summary>The selection now. Any thread.</summary>
    public SpeechSelection Selection => Volatile.Read(ref _selection);

    /// <summary>Begins to read standard input, if there is one. Its end ends nothing but that.</summary>
    public void Follow()
    {
        // A job in the background that read the terminal would be stopped.
        if (!IsInBackground())
            new Thread(Read) { IsBackground = true, Name = "R3X standard input" }.Start();
    }

    private void Read()
    {
        try
        {
            using var input = new StreamReader(Console.OpenStandardInput());
            while (input.ReadLine() is { } line)
                Change(line.Trim());
        }
        catch (Exception e) when (e is IOException or UsageException or ObjectDisposedException)
        {
            // Nobody types.
        }
    }

    private void Change(string line)
    {
        if (line.Length == 0)
            return;
        try
        {
            SpeechSelection changed = Changed(line);
            SoundOptions.Refuse(host, changed);
            Volatile.Write(ref _selection, changed);
        }
        catch (UsageException e)
        {
            Messages.Error(e.Message);
        }
        catch (ObjectDisposedException)
        {
            // It is over.
        }
    }

    private SpeechSelection Changed(string line)
    {
        SpeechSelection now = Selection;
        string[] words = line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["dry"] => now with { IsDry = true, Preset = null, Amount = null, Overrides = [] },
            ["mood", var mood] => now with { IsDry = false, Preset = null, Mood = mood },
            ["amount", var amount] => now with { IsDry = false, Amount = amount },
            _ => now with { IsDry = false, Preset = line },
        };
    }

    private static bool IsInBackground()
    {
        const string Self = "/proc/self/stat";
        if (System.Console.IsInputRedirected || !File.Exists(Self))
            return false;
        // Behind the program's name in brackets: state, parent, process group, session, terminal, and that terminal's
        // foreground group.
        string stat = File.ReadAllText(Self);
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[2] != fields[5];
    }
}
