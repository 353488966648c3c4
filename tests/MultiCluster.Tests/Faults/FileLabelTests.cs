using MultiCluster.Faults;

namespace MultiCluster.Tests.Faults;

/// <summary>What of a path stands in an id before its colon, on Windows whatever this machine is.</summary>
public sealed class FileLabelTests
{
    [Theory]
    [InlineData(@"C:\Users\me\.kube\config", @"D:\work\config", ".kube/config")]
    [InlineData(@"C:\config", @"D:\config", "C/config")]
    [InlineData(@"C:\config", @"C:\a\config", "C/config")]
    [InlineData(@"\\server\share\config", @"C:\share\config", "server/share/config")]
    [InlineData(@"\\?\C:\very\long\config", @"C:\other\config", "long/config")]
    [InlineData(@"\\?\C:\config", @"D:\config", "C/config")]
    [InlineData(@"\\?\UNC\server\share\config", @"C:\share\config", "server/share/config")]
    public void A_label_of_Windows_has_slashes_and_no_colon(string path, string other, string label)
    {
        Assert.Equal(label, FileLabel.Shortest(path, [other], windows: true, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(':', label);
    }

    [Theory]
    [InlineData("config", true)]
    [InlineData("CONFIG", true)]
    [InlineData("Me/.KUBE/config", true)]
    [InlineData("C/Users/me/.kube/config", true)]
    [InlineData("onfig", false)]
    [InlineData("/config", false)]
    [InlineData("D/Users/me/.kube/config", false)]
    public void A_label_fits_whatever_its_capitals_are(string label, bool fits) => Assert.Equal(fits, FileLabel.Fits(label, @"C:\Users\me\.kube\config", windows: true, StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void On_Linux_capitals_and_backslashes_count()
    {
        Assert.False(FileLabel.Fits("CONFIG", "/home/me/config", windows: false, StringComparison.Ordinal));
        Assert.False(FileLabel.Fits("config", @"/home/me\config", windows: false, StringComparison.Ordinal));
        Assert.True(FileLabel.Fits("me/config", "/home/me/config", windows: false, StringComparison.Ordinal));
    }
}
