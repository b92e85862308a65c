using R3X.FxHost.Playback;
using Xunit;

namespace R3X.FxHost.Tests.Playback;

public sealed class InstallLinesTests
{
    [Theory]
    [InlineData("NAME=\"Raspbian GNU/Linux\"\nID=raspbian\nID_LIKE=debian\n", "apt")]
    [InlineData("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", "apt")]
    [InlineData("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "dnf")]
    [InlineData("ID=manjaro\nID_LIKE=arch\n", "pacman")]
    [InlineData("ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n", "zypper")]
    [InlineData("ID=alpine\nVERSION_ID=3.20\n", "apk")]
    [InlineData("ID=unheard-of\n", "apt")]
    [InlineData("", "apt")]
    public void A_distribution_is_told_by_what_it_descends_from(string release, string family) =>
        Assert.Equal(family, InstallLines.FamilyOf(release));
}
