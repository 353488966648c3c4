using MultiCluster.Credentials;

namespace MultiCluster.Tests.Credentials;

public sealed class ExecCommandPathTests
{
    [Fact]
    public void A_bare_name_is_looked_up_on_PATH()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Looks for sh.");

        var path = ExecCommandPath.Find("sh");

        Assert.Equal("sh", Path.GetFileName(path));
        Assert.True(Path.IsPathFullyQualified(path!));
    }

    [Fact]
    public void A_bare_name_is_not_looked_up_in_the_current_folder()
    {
        var name = $"plugin-{Guid.NewGuid():N}";
        File.WriteAllText(name, "");
        try
        {
            Assert.Null(ExecCommandPath.Find(name));
        }
        finally
        {
            File.Delete(name);
        }
    }

    [Fact]
    public void A_path_is_taken_as_it_is()
    {
        var path = Path.GetTempFileName();
        try
        {
            Assert.Equal(OperatingSystem.IsWindows() ? null : path, ExecCommandPath.Find(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-such-kube-plugin")]
    public void What_is_not_there_is_not_found(string command) => Assert.Null(ExecCommandPath.Find(command));
}
