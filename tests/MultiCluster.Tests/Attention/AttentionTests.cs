using MultiCluster.Api.Lists;
using MultiCluster.Attention;
using MultiCluster.Attention.Scanning;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Inventory;
using MultiCluster.Sandbox;
using MultiCluster.Tests.Support;

namespace MultiCluster.Tests.Attention;

/// <summary>What is found on simulated clusters, against what was planted.</summary>
public sealed class AttentionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_planted_is_found_and_nothing_else_the_worst_first()
    {
        await using var session = await PlantedAsync();

        var (findings, answer) = await ReadAsync(session, new AttentionQuery());

        Assert.Equal(
            [
                (FindingSeverity.Error, "CrashLoop", "Pod/web/web-0"),
                (FindingSeverity.Error, "NodeNotReady", "Node/node-1"),
                (FindingSeverity.Warning, "Replicas", "Deployment/payments/api"),
            ],
            findings.Select(static one => (one.Severity, one.Rule, one.Object)));
        Assert.All(findings, static one => Assert.Equal("sim-1", one.ClusterName));
        Assert.Empty(answer.Faults);
        Assert.Empty(Warnings(answer));
    }

    [Fact]
    public async Task Generated_data_are_looked_at_by_every_rule_without_a_fault()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 100 });

        var (findings, answer) = await ReadAsync(session, new AttentionQuery());

        Assert.Empty(answer.Faults);
        Assert.Equal(2, findings.Count(static one => one.Rule == "CrashLoop"));
        Assert.Equal(2, findings.Count(static one => one.Rule == "ImagePull"));
        Assert.Equal(2, findings.Count(static one => one.Rule == "Pending"));
        Assert.All(findings, static one => Assert.EndsWith(".", one.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_what_the_wanted_rules_look_at_is_read()
    {
        await using var session = await PlantedAsync();
        await session.ConnectAsync();
        var cluster = session.Fleet["sim-1"];
        cluster.Requests.Clear();

        var (findings, _) = await ReadAsync(session, new AttentionQuery { Rules = ["node*"] });

        Assert.Equal(["NodeNotReady"], findings.Select(static one => one.Rule));
        Assert.Equal(["/api/v1/nodes"], cluster.Requests.All.Select(static request => request.Path));
    }

    [Fact]
    public void A_rule_that_is_none_is_refused_with_those_that_there_are()
    {
        var fault = Assert.Throws<FaultException>(static () => AttentionRules.Check("crash")).Fault;

        Assert.Equal(FaultPhase.Invalid, fault.Phase);
        Assert.Contains("CrashLoop, ImagePull", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Severity_age_and_namespace_narrow_the_findings()
    {
        await using var session = await PlantedAsync();

        Assert.Equal(["Replicas"], await RulesAsync(session, new AttentionQuery { Severities = [FindingSeverity.Warning] }));
        Assert.Equal(["NodeNotReady", "Replicas"], await RulesAsync(session, new AttentionQuery { Since = TimeSpan.FromMinutes(20) })); // of the Deployment nobody knows since when
        Assert.Equal(["Replicas"], await RulesAsync(session, new AttentionQuery { Scope = InventoryScope.Of(["payments"]) }));
        Assert.Equal(["CrashLoop"], await RulesAsync(session, new AttentionQuery { Scope = InventoryScope.Of(["w*"]) }));
    }

    [Theory]
    [InlineData("Replicas")]
    [InlineData("rep*")]
    [InlineData("Replicas:payments/*")]
    [InlineData("*:Deployment/payments/api")]
    public async Task What_the_preferences_ignore_is_not_shown_unless_it_is_asked_for(string ignored)
    {
        await using var session = await PlantedAsync();
        await session.Pool.Preferences.UpdateAsync(new PreferenceChange { IgnoreFinding = [ignored, "CrashLoop:kube-system/*"] }.ApplyTo("sim-*"), Stop);
        await session.Pool.ApplyPreferencesAsync();

        Assert.Equal(["CrashLoop", "NodeNotReady"], await RulesAsync(session, new AttentionQuery()));
        var (all, _) = await ReadAsync(session, new AttentionQuery { IncludesIgnored = true });
        Assert.Equal([false, false, true], all.Select(static one => one.Ignored));
    }

    [Fact]
    public async Task Who_may_read_one_namespace_has_its_findings_and_is_told_of_the_rest()
    {
        await using var session = await PlantedAsync(UserKind.Limited);

        var (findings, answer) = await ReadAsync(session, new AttentionQuery());

        Assert.Equal(["CrashLoop"], findings.Select(static one => one.Rule));
        Assert.Empty(answer.Faults);
        var told = Assert.Single(Warnings(answer));
        Assert.Matches("^could not see .*(pods|more).* \\(only in web\\); .*(nodes|more).* \\(forbidden\\); rules that miss something by that: [A-Z]", told);
        var said = Assert.Single(session.Said, static text => text.Contains("not seen: ", StringComparison.Ordinal));
        Assert.Contains("nodes (forbidden)", said, StringComparison.Ordinal);
        Assert.Contains("pods (only in web)", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_not_missed_where_it_could_not_be_seen()
    {
        await using var session = await PlantedAsync(UserKind.Limited);
        session.Fleet["sim-1"].LimitedUser.Rules = [new("list", "services", "web"), new("list", "namespaces")];
        session.Fleet["sim-1"].Store.Add("""{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web", "namespace": "web", "creationTimestamp": "2026-01-01T00:00:00Z" }, "spec": { "selector": { "app": "web" } } }""");

        Assert.Empty(await RulesAsync(session, new AttentionQuery { Rules = ["ServiceEndpoints"] }));
    }

    [Fact]
    public async Task A_kind_that_fails_is_an_error_and_the_other_rules_go_on()
    {
        await using var session = await PlantedAsync();
        session.Fleet["sim-1"].Faults.Add(ClusterFault.MalformedJson().When(static request => request.Path == "/api/v1/nodes"));

        var (findings, answer) = await ReadAsync(session, new AttentionQuery());

        Assert.Equal(["CrashLoop", "Replicas"], findings.Select(static one => one.Rule));
        Assert.Equal(FaultPhase.Decode, answer.Fault("sim-1").Phase);
    }

    [Fact]
    public async Task Clusters_without_an_answer_change_nothing_for_the_others()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Clusters = 3, Pods = 0 });
        foreach (var cluster in session.Fleet.Clusters)
            Plant(cluster);
        session.Fleet["sim-1"].Faults.Add(ClusterFault.Refuse());
        session.Fleet["sim-2"].Faults.Add(ClusterFault.Unauthorized());

        var (findings, answer) = await ReadAsync(session, new AttentionQuery());

        Assert.Equal(3, findings.Count(static one => one.ClusterName == "sim-3"));
        Assert.Equal(3, findings.Count);
        Assert.Equal(2, answer.Faults.Count);
    }

    [Fact]
    public async Task A_servers_words_do_nothing_to_a_terminal()
    {
        await using var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 });
        session.Fleet["sim-1"].Store.Add("""
            { "apiVersion": "v1", "kind": "Node", "metadata": { "name": "node-1" }, "status": { "conditions": [ { "type": "Ready", "status": "False", "message": "\u001b[2Jgone\nrm <img src=x>" } ] } }
            """);

        var (findings, _) = await ReadAsync(session, new AttentionQuery());

        Assert.Equal(@"Is not ready: \u001b[2Jgone\u000arm <img src=x>.", Assert.Single(findings).Reason);
    }

    private static async Task<TestSession> PlantedAsync(UserKind user = UserKind.AdminToken)
    {
        var session = await TestSession.SelectedAsync(new FleetOptions { Pods = 0 }, user);
        Plant(session.Fleet["sim-1"]);
        return session;
    }

    private static void Plant(SimulatedCluster cluster)
    {
        cluster.Store.Add($$"""
            { "apiVersion": "v1", "kind": "Node", "metadata": { "name": "node-1" },
              "status": { "conditions": [ { "type": "Ready", "status": "Unknown", "message": "Kubelet stopped posting node status.", "lastTransitionTime": "{{Ago(10)}}" } ] } }
            """);
        cluster.Store.Add($$"""
            { "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "web-0", "namespace": "web" }, "spec": { "nodeName": "node-1", "containers": [ { "name": "app" } ] },
              "status": { "phase": "Running", "conditions": [ { "type": "Ready", "status": "False", "lastTransitionTime": "{{Ago(30)}}" } ],
                "containerStatuses": [ { "name": "app", "restartCount": 7, "state": { "waiting": { "reason": "CrashLoopBackOff" } } } ] } }
            """);
        cluster.Store.Add("""
            { "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "api", "namespace": "payments", "creationTimestamp": "2026-01-01T00:00:00Z" }, "spec": { "replicas": 3 }, "status": { "readyReplicas": 2 } }
            """);
    }

    private static string Ago(int minutes) => $"{TimeProvider.System.GetUtcNow().AddMinutes(-minutes):yyyy-MM-ddTHH:mm:ssZ}";

    private static async Task<IEnumerable<string>> RulesAsync(TestSession session, AttentionQuery query) => (await ReadAsync(session, query)).Findings.Select(static one => one.Rule);

    private static IReadOnlyList<string> Warnings(TestAnswer answer) =>
        [.. answer.Items.OfType<FanOutNotice>().Where(static notice => notice.Level == NoticeLevel.Warning).Select(static notice => notice.Text)];

    private static async Task<(IReadOnlyList<KubeFinding> Findings, TestAnswer Answer)> ReadAsync(TestSession session, AttentionQuery query)
    {
        var reader = new AttentionReader(query);
        var run = FanOutRun.Start(
            [.. session.Pool.Selected.Select(static cluster => cluster.Connection!)],
            new FanOutOptions(),
            (connection, sink, stop) => reader.ReadAsync(connection, session.Pool.Namespaces.For(connection), new CallContext { Say = session.Said.Enqueue }, sink, stop));
        await using var _ = run;
        var answer = await TestAnswer.OfAsync(run);
        return ([.. answer.Items.OfType<FanOutObjects<KubeFinding>>().SelectMany(static item => item.Objects)], answer);
    }
}
