using System.Collections.Generic;
using System.CommandLine;
using System.Threading.Tasks;
using R3X.FxHost.Diagnostics;

namespace R3X.FxHost.Cli.Levels;

/// <summary>The options of a verb that shows how loud what it plays is.</summary>
internal sealed class LevelOptions
{
    private readonly Option<bool> _show = new("--levels")
    {
        Description =
            "Show how loud it is while it is heard: drawn on a terminal; in a pipe a table, one line every 20 ms.",
    };

    private readonly Option<string?> _form = new("--levels-as")
    {
        Description = "Show levels as bars, as a table with tabs, or serial: the lines SPEAK:EMOTION, SPEAK_LEVEL:0 to "
            + "255 and SPEAK_STOP that droids' lights are driven by.",
        HelpName = "bars|table|serial",
    };

    public LevelOptions(Command verb)
    {
        _form.Choices(LevelOutput.Bars, LevelOutput.Table, LevelOutput.Serial);
        verb.Options.Add(_show);
        verb.Options.Add(_form);
    }

    /// <summary>Whether levels are wanted.</summary>
    public bool AreWanted(ParseResult parsed) => parsed.GetValue(_show) || parsed.GetValue(_form) is not null;

    /// <summary>
    /// Shows levels, where they are wanted, while lines are played. What is to be said of the lines then follows behind
    /// all of them, and the host is closed by then. The sound does not wait for who reads levels.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="host">What plays them.</param>
    /// <param name="lines">The lines, played as they are enumerated.</param>
    public IEnumerable<SpeechReport> Beside(ParseResult parsed, FxHost host, IEnumerable<SpeechReport> lines)
    {
        if (!AreWanted(parsed))
            return lines;
        Task showing = LevelOutput.WriteAsync(host.Levels(), parsed.GetValue(_form));
        SpeechReport[] played;
        try
        {
            played = [.. lines];
        }
        finally
        {
            // Levels end with the host.
            host.Dispose();
            Task.WaitAny(showing);
        }

        showing.GetAwaiter().GetResult();
        return played;
    }
}
