using MultiCluster.FanOut;
using MultiCluster.Objects;
using MultiCluster.Resources;
using MultiCluster.Sandbox;
using MultiCluster.Sandbox.Discovery;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Resources;

public sealed class ApiResourceTests
{
    [Theory]
    [InlineData("deployments")]
    [InlineData("deployment")]
    [InlineData("Deployment")]
    [InlineData("deploy")]
    [InlineData("deploy*")]
    public async Task A_kind_is_found_by_any_of_its_names(string name) =>
        Assert.Equal(["deployments.apps"], await NamesAsync(new ApiResourceQuery { Names = [name] }));

    [Fact]
    public async Task Groups_and_scope_narrow_the_kinds()
    {
        var core = await NamesAsync(new ApiResourceQuery { Groups = [""] });
        var nodes = await NamesAsync(new ApiResourceQuery { Groups = [""], Namespaced = false });

        Assert.Contains("pods", core);
        Assert.Contains("nodes", nodes);
        Assert.DoesNotContain("pods", nodes);
        Assert.All(core, name => Assert.DoesNotContain('.', name));
        Assert.Equal(["certificates.cert-manager.io"], await NamesAsync(new ApiResourceQuery { Groups = ["cert-*"], Names = ["certificate"] }));
    }

    [Fact]
    public async Task A_group_that_does_not_answer_is_a_warning_beside_the_others()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0, Discovery = DiscoveryMode.None });
        session.Fleet["sim-1"].Faults.Add(ClusterFault.BrokenGroup("metrics.k8s.io/v1beta1"));

        var answer = await ReadAsync(session, new ApiResourceQuery());

        var notice = Assert.Single(answer.Items.OfType<FanOutNotice>());
        Assert.Equal(NoticeLevel.Warning, notice.Level);
        Assert.Contains("metrics.k8s.io/v1beta1", notice.Text, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Items.OfType<FanOutObjects<KubeApiResource>>());
    }

    private static async Task<string[]> NamesAsync(ApiResourceQuery query)
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        var answer = await ReadAsync(session, query);
        return [.. answer.Items.OfType<FanOutObjects<KubeApiResource>>().SelectMany(item => item.Objects).Select(kind => $"{kind}")];
    }

    private static async Task<TestAnswer> ReadAsync(TestSession session, ApiResourceQuery query)
    {
        var reader = new ApiResourceReader(query);
        await using var run = FanOutRun.Start([session.Connection("sim-1")], new FanOutOptions(), reader.ReadAsync);
        return await TestAnswer.OfAsync(run);
    }
}
