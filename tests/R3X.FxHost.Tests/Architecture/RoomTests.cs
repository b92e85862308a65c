using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace R3X.FxHost.Tests.Architecture;

public sealed class RoomTests
{
    private static readonly Lazy<IReadOnlyList<TypeUse>> Uses =
        new(() => TypeUses.Of(Repository.PathOf(Room.Project), Assemblies()));

    public static TheoryData<string> Rooms => [.. Room.Table.Select(room => room.Name)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_only_what_its_row_of_the_table_allows(string name)
    {
        var room = Room.Named(name);
        Assert.DoesNotContain(Uses.Value, use => use.Room == name && !room.Allows(use.Used));
    }

    [Fact]
    public void A_row_of_the_table_allows_nothing_that_is_not_used()
    {
        IEnumerable<string> unused =
            from room in Room.Table
            from allowed in room.MayUse
            where allowed is not ("" or "all") && !Uses.Value.Any(use => use.Room == room.Name && use.Used == allowed)
            select $"{room.Name} does not use {allowed}";
        Assert.Empty(unused);
    }

    [Fact]
    public void No_row_of_the_table_leads_back_to_itself()
    {
        IEnumerable<string> circles = Room.Table
            .Where(room => !room.MayUse.Contains("all") && Reach(room.MayUse).Contains(room.Name))
            .Select(room => room.Name);
        Assert.Empty(circles);
    }

    [Fact]
    public void Every_folder_of_the_library_is_a_row_of_the_table() =>
        Assert.Equal(Room.Folders.Order(), Room.Table.Select(room => room.Name).Order());

    [Fact]
    public void Chains_know_nothing_of_files() =>
        Assert.DoesNotContain(SourceFile.Under($"{Room.Project}/Chains"), file => file.Names("System.IO"));

    [Fact]
    public void No_line_of_source_is_longer_than_120_characters()
    {
        IEnumerable<string> wide =
            from folder in new[] { "host", "effects", "packs", "release", "templates", "tests" }
            from file in SourceFile.Under(folder)
            from line in file.Text.Split('\n').Select((text, number) => (Text: text, Number: number + 1))
            where line.Text.Length > 120
            select $"{file.Path}:{line.Number}";
        Assert.Empty(wide);
    }

    [Fact]
    public void No_effect_names_another_and_nothing_names_an_effect()
    {
        string[] effects =
            [.. Directory.EnumerateDirectories(Repository.PathOf("effects")).Select(path => Path.GetFileName(path)!)];
        Assert.NotEmpty(effects);
        foreach (string effect in effects)
        {
            IEnumerable<SourceFile> others = SourceFile.Under("host").Concat(
                SourceFile.Under("effects").Where(
                    file => !file.Path.StartsWith($"effects/{effect}/", StringComparison.Ordinal)));
            string own = $@"R3X\.FxHost\.Effects\.{effect}\b|\b{effect}Effect\b";
            Assert.DoesNotContain(others, file => Regex.IsMatch(file.Text, own));
        }
    }

    [Fact]
    public void No_file_is_longer_than_400_lines_and_most_are_under_150()
    {
        SourceFile[] files = [.. SourceFile.Under("host"), .. SourceFile.Under("effects"),
            .. SourceFile.Under("tests")];
        Assert.Empty(files.Where(file => file.Lines > 400).Select(file => $"{file.Path}: {file.Lines}"));
        Assert.InRange(files.Count(file => file.Lines < 150) / (double)files.Length, 0.75, 1);
    }

    [Fact]
    public void No_type_is_a_manager_a_helper_or_a_utility()
    {
        var vague = new Regex(
            @"\b(class|record|struct|interface) \w*(Manager|Helper|Helpers|Util|Utils|Utility|Utilities)\b");
        Assert.Empty(SourceFile.Under("host").Concat(SourceFile.Under("effects"))
            .Where(file => vague.IsMatch(file.Text)).Select(file => file.Path));
    }

    private static HashSet<string> Reach(IEnumerable<string> from)
    {
        var reached = new HashSet<string>();
        var next = new Queue<string>(from);
        while (next.TryDequeue(out string? name))
        {
            if (reached.Add(name) && Room.Table.FirstOrDefault(room => room.Name == name) is { } room)
                Array.ForEach(room.MayUse, next.Enqueue);
        }

        return reached;
    }

    // Those this program runs with, apart from what is compiled here.
    private static IEnumerable<string> Assemblies() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is not ("R3X.FxHost.dll" or "R3X.FxHost.Tests.dll"));
}
