using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace R3X.FxHost.Tests.Architecture;

public sealed class RoomTests
{
    private static readonly string[] ForeignNamespaces =
        ["YamlDotNet", "McMaster", "MathNet", "System.Reflection", "System.Runtime.Loader"];

    public static TheoryData<string> Rooms => [.. Room.Table.Select(room => room.Name)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_only_the_rooms_its_row_of_the_table_allows(string name)
    {
        Room room = Room.Table.Single(r => r.Name == name);
        Assert.NotEmpty(room.Files);
        IEnumerable<string> intruders =
            from file in room.Files
            from other in file.RoomsNamed
            where other != room.Name && !room.MayUse.Contains(other)
            select $"{file.Path} uses {other}";
        Assert.Empty(intruders);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_keeps_away_from_libraries_that_belong_to_other_rooms(string name)
    {
        Room room = Room.Table.Single(r => r.Name == name);
        IEnumerable<string> intruders =
            from file in room.Files
            from foreign in ForeignNamespaces
            where !room.MayUse.Contains(foreign) && file.Names(foreign)
            select $"{file.Path} uses {foreign}";
        Assert.Empty(intruders);
    }

    [Fact]
    public void Chains_know_nothing_of_files()
    {
        Room chains = Room.Table.Single(r => r.Name == "Chains");
        Assert.DoesNotContain(chains.Files, file => file.Names("System.IO"));
    }

    [Fact]
    public void Every_folder_of_the_library_is_a_room_of_the_table()
    {
        IEnumerable<string> folders = Directory.EnumerateDirectories(Repository.PathOf("host/R3X.FxHost"))
            .Select(path => Path.GetFileName(path)!)
            .Where(folder => SourceFile.Under($"host/R3X.FxHost/{folder}").Any());
        Assert.Equal(folders.Order(), folders.Intersect(Room.Table.Select(room => room.Name)).Order());
    }

    [Fact]
    public void No_effect_names_another_and_nothing_names_an_effect()
    {
        string[] effects = [.. Directory.EnumerateDirectories(Repository.PathOf("effects")).Select(path => Path.GetFileName(path)!)];
        Assert.NotEmpty(effects);
        foreach (string effect in effects)
        {
            IEnumerable<SourceFile> others = SourceFile.Under("host").Concat(
                SourceFile.Under("effects").Where(file => !file.Path.StartsWith($"effects/{effect}/", StringComparison.Ordinal)));
            string own = $@"R3X\.FxHost\.Effects\.{effect}\b|\b{effect}Effect\b";
            Assert.DoesNotContain(others, file => Regex.IsMatch(file.Text, own));
        }
    }

    [Fact]
    public void No_file_is_longer_than_400_lines_and_most_are_under_150()
    {
        SourceFile[] files = [.. SourceFile.Under("host"), .. SourceFile.Under("effects"), .. SourceFile.Under("tests")];
        Assert.Empty(files.Where(file => file.Lines > 400).Select(file => $"{file.Path}: {file.Lines}"));
        Assert.InRange(files.Count(file => file.Lines < 150) / (double)files.Length, 0.75, 1);
    }

    [Fact]
    public void No_type_is_a_manager_a_helper_or_a_utility()
    {
        var vague = new Regex(@"\b(class|record|struct|interface) \w*(Manager|Helper|Helpers|Util|Utils|Utility|Utilities)\b");
        Assert.Empty(SourceFile.Under("host").Concat(SourceFile.Under("effects")).Where(file => vague.IsMatch(file.Text)).Select(file => file.Path));
    }
}
