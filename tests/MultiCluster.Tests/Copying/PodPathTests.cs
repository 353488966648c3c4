using System.Globalization;
using MultiCluster.Copying;
using MultiCluster.Faults;

namespace MultiCluster.Tests.Copying;

/// <summary>Paths in containers, and bytes in words.</summary>
public sealed class PodPathTests
{
    [Theory]
    [InlineData("/var/log/app.log", "/var/log", "app.log", false)]
    [InlineData("/var/log/", "/var", "log", true)]
    [InlineData("/var", "/", "var", false)]
    [InlineData("/", "/", ".", true)]
    [InlineData("//", "/", ".", true)]
    [InlineData(".", ".", ".", true)]
    [InlineData("/etc/.", "/etc/.", ".", true)]
    [InlineData("..", "..", ".", true)]
    [InlineData("app.log", ".", "app.log", false)]
    [InlineData("-rf", ".", "-rf", false)]
    [InlineData("-x/y", "./-x", "y", false)]
    [InlineData("/a b/'c'", "/a b", "'c'", false)]
    public void A_path_is_a_folder_and_a_name(string path, string folder, string name, bool isFolder)
    {
        var parsed = PodPath.Parse(path);

        Assert.Equal((folder, name, isFolder), (parsed.Folder, parsed.Name, parsed.IsFolder));
        Assert.False(parsed.Text.StartsWith('-'));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a\0b")]
    public void What_names_nothing_is_a_fault(string path) => Assert.Equal(FaultPhase.Invalid, Assert.Throws<FaultException>(() => PodPath.Parse(path)).Fault.Phase);

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 KB")]
    [InlineData(1_500_000, "1.5 MB")]
    [InlineData(99_960, "100 KB")]
    [InlineData(999_600, "1.0 MB")]
    [InlineData(long.MaxValue, "9223372 TB")]
    public void Bytes_are_shown_in_three_digits(long bytes, string expected) => Assert.Equal(expected, CopySize.Of(bytes, CultureInfo.InvariantCulture));
}
