using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Completion;

/// <summary>What PowerShell itself completes of our objects behind a dot (docs/decisions/dotted-paths.md).</summary>
public sealed class MemberCompletionTests(SharedFleet shared)
{
    [Theory]
    [InlineData("$pod.spec.nodeN", "nodeName")]
    [InlineData("$pod.Spec.containers[0].ima", "image imagePullPolicy")]
    [InlineData("$pod.metadata.creat", "creationTimestamp")]
    [InlineData("$pod.Stat", "State Status")]
    [InlineData("Get-KubePod | Sort-Object sp", "Spec")]
    [InlineData("Get-KubePod | Where-Object Restarts", "Restarts")]
    public void A_few_letters_of_a_field_leave_the_field(string line, string offered)
    {
        using var shell = Open();

        Assert.Equal(offered.Split(' '), shell.Offers(line).Select(static one => one.ListItemText).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("$pod.")]
    [InlineData("$pod.Spec.")]
    [InlineData("$pod.spec.containers[0].")]
    [InlineData("$pod.metadata.")]
    public void Nothing_is_offered_twice(string line)
    {
        using var shell = Open();

        var offered = shell.Offers(line).Select(static one => one.ListItemText).ToList();

        Assert.Equal(offered.Distinct(StringComparer.OrdinalIgnoreCase), offered);
    }

    [Fact]
    public void An_objects_properties_come_before_its_methods()
    {
        using var shell = Open();

        var offered = shell.Offers("$pod.").Select(static one => one.ListItemText).ToList();

        Assert.Equal("ClusterId", offered[0]);
        Assert.Equal("Uid", offered[offered.IndexOf("Equals") - 1]);
    }

    private Shell Open()
    {
        var shell = new Shell(shared.Fleet).Select("prod-eu");
        shell.Run("$pod = Get-KubePod -AllNamespaces -First 1");
        return shell;
    }
}
