using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Commands.Resources;

/// <summary>The commands that read one kind: Get-KubeResource with the kind said, and the class of what they write known.</summary>
public sealed class KindCommandTests(SharedFleet shared)
{
    public static TheoryData<string, string> Commands => new()
    {
        { "Get-KubePod -AllNamespaces", "pods" },
        { "Get-KubeNode", "nodes" },
        { "Get-KubeDeployment -AllNamespaces", "deployments" },
        { "Get-KubeService -AllNamespaces", "services" },
        { "Get-KubeSecret -AllNamespaces", "secrets" },
        { "Get-KubeConfigMap -AllNamespaces", "configmaps" },
        { "Get-KubeJob -AllNamespaces", "jobs" },
        { "Get-KubeIngress -AllNamespaces", "ingresses" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task It_reads_what_Get_KubeResource_reads_of_its_kind_and_says_of_which_class(string command, string kind)
    {
        await using var fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 20 }, TestContext.Current.CancellationToken);
        foreach (var cluster in fleet.Clusters)
            cluster.Store.Add("""{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"shop","namespace":"web"},"spec":{"rules":[{"host":"shop.example.com"}]}}""");
        using var shell = new Shell(fleet).Select("*");

        var read = shell.Run(command).Of<KubeObject>();
        var general = shell.Run($"Get-KubeResource {kind} -AllNamespaces").Of<KubeObject>();
        var written = shell.Run($"(Get-Command {command.Split(' ')[0]}).OutputType.Type").Of<Type>();

        Assert.NotEmpty(read);
        Assert.Equal(Paths(general), Paths(read));
        Assert.All(read, item => Assert.Same(Assert.Single(written), item.GetType()));
    }

    [Fact]
    public void Its_first_argument_is_a_name()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        Assert.Equal(["prod-eu node-1", "prod-us node-1", "staging node-1"], shell.Run("Get-KubeNode node-1 | % { \"$($_.ClusterName) $($_.Name)\" }").Of<string>().Order());
    }

    [Fact]
    public void A_kind_outside_namespaces_has_no_parameters_for_them()
    {
        using var shell = new Shell();

        var run = shell.Run("(Get-Command Get-KubeNode).Parameters.Keys -match 'Namespace'; (Get-Command Get-KubePod).Parameters.Keys -match 'Namespace|Kind'");

        Assert.Equal(["Namespace", "AllNamespaces"], run.Output);
    }

    [Fact]
    public void A_row_of_another_kind_is_an_error()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        var run = shell.Run("Get-KubeNode node-1 -Cluster staging | Get-KubePod");

        Assert.Empty(run.Output);
        Assert.Equal("Kube.Invalid", run.Error.Id());
        Assert.Contains("node-1 is a Node, and no Pod", $"{run.Error}");
    }

    [Fact]
    public void A_cluster_that_is_piped_in_is_asked()
    {
        using var shell = new Shell(shared.Fleet).Select("*");

        Assert.All(shell.Run("Get-KubeCluster staging | Get-KubePod -AllNamespaces").Of<KubePod>(), static pod => Assert.Equal("staging", pod.ClusterName));
    }

    [Theory]
    [InlineData("Get-KubePod | Sort-Object Re", "Restarts")]
    [InlineData("Get-KubePod | Where-Object St", "State")]
    [InlineData("Get-KubeNode node-", "node-1")]
    [InlineData("Get-KubePod -Namespace we", "web")]
    [InlineData("Get-KubePod -FieldSelector spec.no", "spec.nodeName")]
    [InlineData("Get-KubePod -AllNamespaces -LabelSelector ap", "app")]
    [InlineData("kgn node-", "node-1")]
    [InlineData("MultiCluster\\Get-KubeNode node-", "node-1")]
    public void Its_arguments_and_the_properties_of_what_it_writes_are_completed(string line, string expected)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-*");
        shell.Run("Set-Alias kgn Get-KubeNode");

        shell.Offer(line, expected);
    }

    private static IEnumerable<string> Paths(IEnumerable<KubeObject> items) => items.Select(static item => $"{item.ClusterName}/{item.Namespace}/{item.Name}").Order(StringComparer.Ordinal);
}
