using MultiCluster.Faults;
using MultiCluster.Images;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Access;

namespace MultiCluster.Module.Tests.Commands.Images;

/// <summary>Get-KubeImage over clusters whose pods' images are known.</summary>
public sealed class GetKubeImageTests : IAsyncLifetime
{
    private const string Old = "sha256:1111111111111111111111111111111111111111111111111111111111111111";
    private const string New = "sha256:2222222222222222222222222222222222222222222222222222222222222222";

    private SimulatedFleet _fleet = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Names = ["prod-eu", "prod-us"], Pods = 0 }, TestContext.Current.CancellationToken);
        foreach (var (cluster, digest) in _fleet.Clusters.Zip([Old, New]))
        {
            Add(cluster, "shop", "web-1", "registry.example.com/team/web:1.27", $"registry.example.com/team/web@{digest}");
            Add(cluster, "shop", "web-2", "registry.example.com/team/web:1.27", $"registry.example.com/team/web@{Old}");
            Add(cluster, "other", "cache", "redis", "docker.io/library/redis@sha256:abcd");
            Add(cluster, "shop", "waits", "registry.example.com/team/web:1.28", "");
        }
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    [Fact]
    public void Several_digests_under_one_tag_are_rows_of_their_own_and_counted()
    {
        using var shell = new Shell(_fleet).Select("*");

        var rows = shell.Run("Get-KubeImage -AllNamespaces").Of<KubeImage>();

        Assert.Equal(
            [
                "docker.io library/redis latest sha256:abcd 2 prod-eu,prod-us 1",
                $"registry.example.com team/web 1.27 {Old} 3 prod-eu,prod-us 2",
                $"registry.example.com team/web 1.27 {New} 1 prod-us 2",
                "registry.example.com team/web 1.28  2 prod-eu,prod-us 0",
            ],
            rows.Select(static row => $"{row.Registry} {row.Repository} {row.Tag} {row.Digest} {row.Pods} {string.Join(',', row.Clusters)} {row.Digests}"));
    }

    [Theory]
    [InlineData("web", 3)]
    [InlineData("web:1.28", 1)]
    [InlineData("team/*", 3)]
    [InlineData("registry.example.com/*:1.27", 2)]
    [InlineData("redis:latest", 1)]
    [InlineData("nothing", 0)]
    public void Images_are_meant_by_any_part_of_their_names(string image, int rows)
    {
        using var shell = new Shell(_fleet).Select("*");
        shell["image"] = image;

        Assert.Equal(rows, shell.Run("Get-KubeImage $image -AllNamespaces").Of<KubeImage>().Count);
    }

    [Fact]
    public void Pods_are_piped_in()
    {
        using var shell = new Shell(_fleet).Select("*");

        Assert.Equal(["library/redis"], shell.Run("Get-KubePod -Namespace other | Get-KubeImage").Of<KubeImage>().Select(static row => row.Repository));
    }

    [Fact]
    public void A_cluster_that_fails_and_a_namespace_that_may_not_be_read_are_errors_and_the_rest_is_told()
    {
        _fleet["prod-us"].Faults.Add(ClusterFault.Unauthorized());
        _fleet["prod-eu"].Store.Add("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}""");
        _fleet["prod-eu"].LimitedUser.Rules = [new AccessRule("list", "pods", "shop"), new AccessRule("list", "namespaces")];
        using var shell = new Shell(_fleet, UserKind.Limited).Select("*");

        var run = shell.Run("Get-KubeImage -AllNamespaces");

        Assert.Equal([FaultPhase.Unauthorized, FaultPhase.Forbidden], run.Errors.Select(static error => error.Fault().Phase).Order());
        Assert.Equal(["prod-eu"], run.Of<KubeImage>().SelectMany(static row => row.Clusters).Distinct());
        Assert.DoesNotContain(run.Of<KubeImage>(), static row => row.Repository == "library/redis");
    }

    private static void Add(SimulatedCluster cluster, string ns, string name, string image, string imageId) => cluster.Store.Add(
        $$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}","namespace":"{{ns}}"},"spec":{"containers":[{"name":"app","image":"{{image}}"}]},"status":{"containerStatuses":[{"name":"app","imageID":"{{imageId}}"}]} }""");
}
