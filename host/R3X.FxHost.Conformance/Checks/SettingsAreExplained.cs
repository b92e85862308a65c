using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace R3X.FxHost.Conformance.Checks;

internal sealed class SettingsAreExplained : ConformanceCheck
{
    public override string Promise =>
        "Ids are whole words in kebab-case and differ; every setting is explained in a sentence.";

    public override string LikelyCause => "An id or a help text was written for programmers.";

    public override string Fix =>
        "Write ids such as \"low-cut\" and help such as \"Turning it up makes the echo last longer.\", 22 to 162 "
        + "letters.";

    public override void Check(Subject subject)
    {
        if (subject.Parameters.Count == 0)
            Fail("There is no setting.");
        if (subject.Parameters.GroupBy(p => p.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
            Fail($"There are {twice.Count()} settings called \"{twice.Key}\".");
        foreach (var parameter in subject.Parameters)
        {
            if (!Regex.IsMatch(parameter.Id, "^[a-z]+(-[a-z]+)*$"))
                Fail($"The id \"{parameter.Id}\" is not whole words in kebab-case.");
            if (!Regex.IsMatch(parameter.Help, @"^[A-Z].{20,160}[^.]\.$"))
                Fail($"The help of \"{parameter.Id}\" is no sentence of 22 to 162 letters: \"{parameter.Help}\"");
        }
    }
}
