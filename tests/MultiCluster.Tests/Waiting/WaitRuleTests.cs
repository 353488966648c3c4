using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Tests.Objects.Kinds;
using MultiCluster.Waiting;

namespace MultiCluster.Tests.Waiting;

public sealed class WaitRuleTests
{
    private const string Pod = """
        {"metadata":{"name":"p","generation":2,"labels":{"app.kubernetes.io/name":"web"}},"spec":{"containers":[{"image":"a"},{"image":"a"}],"hostNetwork":true},
         "status":{"phase":"Pending","conditions":[{"type":"Ready","status":"False","reason":"ContainersNotReady"},{"type":"Initialized","status":"True","observedGeneration":1}]}}
        """;

    [Theory]
    [InlineData("Ready", "Ready is False: ContainersNotReady")]
    [InlineData("ready=false", null)]
    [InlineData("Initialized", "the change has not been taken up yet")]
    [InlineData("Synced", "it has no condition Synced")]
    public async Task A_condition(string text, string? lacks) => Assert.Equal(lacks, await LacksAsync(new ConditionRule(text)));

    [Theory]
    [InlineData("{.status.phase}=Running", "status.phase is Pending")]
    [InlineData("{.status.phase}=Pending", null)]
    [InlineData("{.status.phase}='pending'", null)]
    [InlineData("status.phase=Pending", null)]
    [InlineData("{$.spec.containers[*].image}=a", null)]
    [InlineData("spec.containers[0].image=b", "spec.containers[0].image is a")]
    [InlineData("spec.hostNetwork=true", null)]
    [InlineData("{.metadata.labels.app\\.kubernetes\\.io/name}=web", null)]
    [InlineData("metadata.labels['app.kubernetes.io/name']=web", null)]
    [InlineData("{.status.podIP}", "it has no status.podIP")]
    [InlineData("{.spec}", null)]
    [InlineData("{.nothing}", "it has no nothing")]
    public async Task A_path(string text, string? lacks) => Assert.Equal(lacks, await LacksAsync(new PathRule(text)));

    [Theory]
    [InlineData("")]
    [InlineData("=x")]
    [InlineData("{.status.phase")]
    [InlineData("{.status.phase}x")]
    [InlineData("{.status.phase}=")]
    [InlineData("{.status.conditions[?(@.type==\"Ready\")].status}=True")]
    public void What_is_no_path_says_so(string text) => Assert.Equal(FaultPhase.Invalid, Assert.Throws<FaultException>(() => new PathRule(text)).Fault.Phase);

    [Theory]
    [InlineData("=True")]
    [InlineData("Ready=")]
    public void What_is_no_condition_says_so(string text) => Assert.Equal(FaultPhase.Invalid, Assert.Throws<FaultException>(() => new ConditionRule(text)).Fault.Phase);

    [Fact]
    public async Task What_is_being_deleted_says_what_it_waits_for() => Assert.Equal(
        "it is being deleted, and waits for example.com/hold",
        (await new DeletionRule().JudgeAsync(
            Sample.Read<KubeConfigMap>("""{"metadata":{"name":"a","deletionTimestamp":"2026-03-01T12:00:00Z","finalizers":["example.com/hold"]}}"""), null, CancellationToken.None)).Message);

    private static async Task<string?> LacksAsync(WaitRule rule)
    {
        var verdict = await rule.JudgeAsync(Sample.Read<KubePod>(Pod), null, TestContext.Current.CancellationToken);
        Assert.Equal(verdict.Met, verdict.Message is null);
        return verdict.Message;
    }
}
