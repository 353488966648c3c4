using MultiCluster.Platform;

namespace MultiCluster.Tests.Platform;

public sealed class PathRulesTests
{
    [Theory]
    [InlineData("kubelogin", false, false)]
    [InlineData("a/b", true, true)]
    [InlineData(@"a\b", true, false)]
    [InlineData("C:tool", true, false)]
    public void What_says_a_folder_depends_on_the_system(string path, bool windows, bool unix)
    {
        Assert.Equal(windows, PathRules.HasFolder(path, windows: true));
        Assert.Equal(unix, PathRules.HasFolder(path, windows: false));
    }

    [Theory]
    [InlineData(@"C:\x", true, false)]
    [InlineData("c:/x", true, false)]
    [InlineData(@"\\server\share", true, false)]
    [InlineData(@"\\?\C:\x", true, false)]
    [InlineData("//server/share", true, true)]
    [InlineData(@"\x", false, false)]
    [InlineData("/x", false, true)]
    [InlineData("C:x", false, false)]
    [InlineData("1:/x", false, false)]
    [InlineData("x", false, false)]
    [InlineData("", false, false)]
    public void A_path_is_the_same_from_everywhere_or_not(string path, bool windows, bool unix)
    {
        Assert.Equal(windows, PathRules.IsFullyQualified(path, windows: true));
        Assert.Equal(unix, PathRules.IsFullyQualified(path, windows: false));
    }

    [Theory]
    [InlineData(@"C:\x", "y", @"C:\x\y")]
    [InlineData(@"C:\", "y", @"C:\y")]
    [InlineData("C:", "y", "C:y")]
    [InlineData("C:/x/", "y", "C:/x/y")]
    [InlineData("", "y", "y")]
    public void A_name_is_put_into_a_folder_of_Windows(string folder, string name, string path) => Assert.Equal(path, PathRules.Join(folder, name, windows: true));

    [Theory]
    [InlineData("/x", "/x/y")]
    [InlineData("/", "/y")]
    [InlineData(@"a\", @"a\/y")]
    public void A_name_is_put_into_a_folder_of_Unix(string folder, string path) => Assert.Equal(path, PathRules.Join(folder, "y", windows: false));

    [Theory]
    [InlineData(@"C:\a;D:\b", @"C:\a|D:\b")]
    [InlineData(@";; C:\a ;", @"C:\a")]
    [InlineData(@"""C:\a;b\config"";C:\c", @"C:\a;b\config|C:\c")]
    [InlineData(@"C:\""a;b""\config", @"C:\a;b\config")]
    [InlineData(@"""C:\a;C:\b", @"C:\a;C:\b")] // a quote that does not end goes on to the end, as in Go
    [InlineData(@"\\server\share\config;C:\c", @"\\server\share\config|C:\c")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_list_of_Windows_is_parted_by_semicolons_outside_of_quotes(string? list, string paths) => Assert.Equal(paths, string.Join('|', PathRules.Split(list, ';')));

    [Fact]
    public void A_list_of_Unix_has_no_quotes() => Assert.Equal(["/a", "\"/b", "/c\""], PathRules.Split("/a::\"/b:/c\"", ':'));

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public void Capitals_tell_files_apart_on_Linux_alone(bool windows, bool macOS, bool ignores) => Assert.Equal(ignores, PathRules.IgnoresCase(windows, macOS));
}
