using MultiCluster.Module.Commands.Copying;

namespace MultiCluster.Module.Tests.Commands.Copying;

/// <summary>Which texts name a pod, on Windows and elsewhere, whatever this machine is.</summary>
public sealed class ItemPathTests
{
    [Theory]
    [InlineData("web-1:/var/log", null, "web-1", "/var/log")]
    [InlineData("shop/web-1:logs", "shop", "web-1", "logs")]
    [InlineData("web-*:/etc/hosts", null, "web-*", "/etc/hosts")]
    [InlineData(@"win-pod:C:\logs", null, "win-pod", @"C:\logs")]
    [InlineData("web-1:", null, "web-1", "")]
    public void A_name_before_the_first_colon_is_a_pod(string text, string? ns, string pod, string path)
    {
        foreach (var windows in (bool[])[true, false])
            Assert.Equal(new ItemPath(text, ns, pod, path), ItemPath.Parse(text, windows));
    }

    [Theory]
    [InlineData(@"C:\Users\me\a.txt")]
    [InlineData(@"c:\a")]
    [InlineData(@"Temp:\a")]
    [InlineData("Temp:/a")]
    [InlineData(@"\\server\share\a")]
    [InlineData(@"\\?\C:\a")]
    [InlineData(@"\\.\C:\a")]
    [InlineData(@".\web-1:stream")]
    [InlineData("./a:b")]
    [InlineData("/a:b")]
    [InlineData("a/b/c:d")]
    [InlineData(":a")]
    [InlineData("a")]
    [InlineData(@"folder\a:b")]
    public void What_can_be_no_pods_name_is_a_path_of_this_machine(string text)
    {
        foreach (var windows in (bool[])[true, false])
            Assert.Equal(new ItemPath(text, null, null, text), ItemPath.Parse(text, windows));
    }

    [Theory]
    [InlineData("c:/a")]
    [InlineData("c:a")]
    [InlineData("c:")]
    public void A_single_letter_is_a_drive_on_Windows_alone(string text)
    {
        Assert.Null(ItemPath.Parse(text, windows: true).Pod);
        Assert.Equal("c", ItemPath.Parse(text, windows: false).Pod);
    }
}
