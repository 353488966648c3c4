using MultiCluster.Platform;

namespace MultiCluster.Tests.Platform;

/// <summary>Which home has <c>.kube</c>: client-go's order, whatever this machine is.</summary>
public sealed class HomeFolderTests
{
    private const FileAttributes Writable = FileAttributes.Directory;
    private const FileAttributes ReadOnly = FileAttributes.Directory | FileAttributes.ReadOnly;

    private static string Of(string kubeconfigs, params (string Path, FileAttributes Attributes)[] folders) => HomeFolder.Of(
        windows: true,
        static name => name switch { "HOME" => @"C:\home\", "HOMEDRIVE" => "H:", "HOMEPATH" => @"\me", "USERPROFILE" => @"C:\Users\me", _ => null },
        kubeconfigs.Split('|').Contains,
        path => folders.Where(folder => folder.Path == path).Select(static folder => (FileAttributes?)folder.Attributes).FirstOrDefault());

    [Theory]
    [InlineData(@"C:\home\.kube\config|H:\me\.kube\config|C:\Users\me\.kube\config", @"C:\home\")]
    [InlineData(@"H:\me\.kube\config|C:\Users\me\.kube\config", @"H:\me")] // where both have one, the drive's is older
    [InlineData(@"C:\Users\me\.kube\config", @"C:\Users\me")]
    public void The_first_that_has_a_kubeconfig_wins(string kubeconfigs, string home) =>
        Assert.Equal(home, Of(kubeconfigs, (@"C:\home\", Writable), (@"H:\me", Writable), (@"C:\Users\me", Writable)));

    [Fact]
    public void Without_a_kubeconfig_the_first_that_can_be_written_wins_and_the_profile_comes_before_the_drive()
    {
        Assert.Equal(@"C:\home\", Of("", (@"C:\home\", Writable), (@"H:\me", Writable), (@"C:\Users\me", Writable)));
        Assert.Equal(@"C:\Users\me", Of("", (@"C:\home\", ReadOnly), (@"H:\me", Writable), (@"C:\Users\me", Writable)));
        Assert.Equal(@"H:\me", Of("", (@"C:\home\", FileAttributes.Normal), (@"H:\me", Writable)));
        Assert.Equal(@"C:\Users\me", Of("", (@"H:\me", ReadOnly), (@"C:\Users\me", ReadOnly)));
    }

    [Fact]
    public void Where_none_is_there_the_first_that_is_named_wins() => Assert.Equal(@"C:\home\", Of(""));

    [Theory]
    [InlineData("USERPROFILE", @"C:\Users\me")]
    [InlineData("HOMEDRIVE", "")] // it takes both
    [InlineData("HOMEPATH", "")]
    [InlineData("OTHER", "")]
    public void What_is_not_set_is_left_out(string only, string home) =>
        Assert.Equal(home, HomeFolder.Of(windows: true, name => name == only ? @"C:\Users\me" : null, static _ => false, static _ => null));

    [Fact]
    public void Elsewhere_it_is_HOME() => Assert.Equal("/home/me", HomeFolder.Of(windows: false, static name => name == "HOME" ? "/home/me" : @"C:\Users\me", static _ => true, static _ => Writable));

    [Fact]
    public void This_machine_has_one() => Assert.True(Path.IsPathFullyQualified(HomeFolder.Default()));
}
