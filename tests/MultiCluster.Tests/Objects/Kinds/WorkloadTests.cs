using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

public sealed class WorkloadTests
{
    private const string Template = """
        "selector":{"matchLabels":{"tier":"front","app":"web"},"matchExpressions":[{"key":"canary","operator":"DoesNotExist"},
          {"key":"zone","operator":"In","values":["b","a"]},{"key":"env","operator":"NotIn","values":["dev"]},{"key":"team","operator":"Exists"}]},
        "template":{"spec":{"nodeSelector":{"kubernetes.io/os":"linux"},"initContainers":[{"name":"init","image":"busybox"}],
          "containers":[{"name":"web","image":"nginx:1.29"},{"name":"log","image":"vector:0.50"}]}}
        """;

    [Fact]
    public void A_deployment_has_kubectls_columns()
    {
        var web = Sample.Read<KubeDeployment>($$"""
            {"metadata":{"name":"web"},"spec":{"replicas":3,{{Template}}},
             "status":{"replicas":4,"readyReplicas":2,"updatedReplicas":1,"availableReplicas":2} }
            """);

        Assert.Equal(("2/3", 2, 3, 1, 2), (web.Ready, web.ReadyReplicas, web.Replicas, web.UpToDate, web.Available));
        Assert.Equal(["web", "log"], web.Containers);
        Assert.Equal(["nginx:1.29", "vector:0.50"], web.Images);
        Assert.Equal("app=web,!canary,env notin (dev),team,tier=front,zone in (a,b)", web.Selector);
    }

    [Fact]
    public void A_deployment_that_has_not_been_seen_has_no_ready_replicas()
    {
        var web = Sample.Read<KubeDeployment>("""{"metadata":{"name":"web"}}""");

        Assert.Equal(("0/1", 0, 0, "<none>"), (web.Ready, web.UpToDate, web.Available, web.Selector));
    }

    [Fact]
    public void A_replica_set_has_kubectls_columns()
    {
        var set = Sample.Read<KubeReplicaSet>("""{"metadata":{"name":"web-1"},"spec":{"replicas":0},"status":{"replicas":2,"readyReplicas":1}}""");

        Assert.Equal((0, 2, 1), (set.Desired, set.Current, set.Ready));
    }

    [Fact]
    public void A_stateful_set_has_kubectls_columns()
    {
        var set = Sample.Read<KubeStatefulSet>("""{"metadata":{"name":"db"},"spec":{"replicas":3},"status":{"readyReplicas":3}}""");

        Assert.Equal(("3/3", 3, 3), (set.Ready, set.ReadyReplicas, set.Replicas));
    }

    [Fact]
    public void A_daemon_set_has_kubectls_columns()
    {
        var set = Sample.Read<KubeDaemonSet>($$"""
            {"metadata":{"name":"agent"},"spec":{ {{Template}} },"status":{"desiredNumberScheduled":5,"currentNumberScheduled":4,"numberReady":3,
             "updatedNumberScheduled":2,"numberAvailable":1} }
            """);

        Assert.Equal((5, 4, 3, 2, 1), (set.Desired, set.Current, set.Ready, set.UpToDate, set.Available));
        Assert.Equal("kubernetes.io/os=linux", set.NodeSelector);
    }

    [Theory]
    [InlineData("""{"conditions":[{"type":"SuccessCriteriaMet","status":"True"},{"type":"Complete","status":"True"}]}""", "", "Complete")]
    [InlineData("""{"conditions":[{"type":"FailureTarget","status":"True"},{"type":"Failed","status":"True"}]}""", "", "Failed")]
    [InlineData("""{"conditions":[{"type":"Suspended","status":"True"}]}""", "", "Suspended")]
    [InlineData("""{"conditions":[{"type":"Suspended","status":"False"}]}""", "", "Running")]
    [InlineData("""{"conditions":[{"type":"FailureTarget","status":"True"}]}""", "", "FailureTarget")]
    [InlineData("""{"conditions":[{"type":"SuccessCriteriaMet","status":"True"}]}""", "", "SuccessCriteriaMet")]
    [InlineData("{}", ""","deletionTimestamp":"2026-03-01T11:00:00Z" """, "Terminating")]
    [InlineData("{}", "", "Running")]
    public void A_job_shows_its_state(string status, string metadata, string state) => Assert.Equal(
        state,
        Sample.Read<KubeJob>($$"""{"metadata":{"name":"j"{{metadata}}},"status":{{status}}}""").State);

    [Theory]
    [InlineData("""{"completions":3,"parallelism":2}""", "1/3")]
    [InlineData("""{"parallelism":4}""", "1/1 of 4")]
    [InlineData("""{"parallelism":1}""", "1/1")]
    [InlineData("{}", "1/1")]
    public void A_job_shows_its_completions(string spec, string completions) => Assert.Equal(
        completions,
        Sample.Read<KubeJob>($$"""{"metadata":{"name":"j"},"spec":{{spec}},"status":{"succeeded":1} }""").Completions);

    [Fact]
    public void A_job_says_when_it_started_and_was_complete()
    {
        var job = Sample.Read<KubeJob>("""{"metadata":{"name":"j"},"status":{"startTime":"2026-03-01T11:00:00Z","completionTime":"2026-03-01T11:05:12Z"}}""");
        var waiting = Sample.Read<KubeJob>("""{"metadata":{"name":"j"},"status":{}}""");

        Assert.Equal(new DateTime(2026, 3, 1, 11, 0, 0, DateTimeKind.Utc), job.StartTime?.ToUniversalTime());
        Assert.Equal(new DateTime(2026, 3, 1, 11, 5, 12, DateTimeKind.Utc), job.CompletionTime?.ToUniversalTime());
        Assert.Null(waiting.StartTime ?? waiting.CompletionTime);
    }

    [Fact]
    public void A_cron_job_has_kubectls_columns()
    {
        var cron = Sample.Read<KubeCronJob>($$"""
            {"metadata":{"name":"backup"},
             "spec":{"schedule":"*/5 * * * *","timeZone":"Europe/Zurich","suspend":true,"jobTemplate":{"spec":{ {{Template}} } } },
             "status":{"active":[{"name":"backup-1"}],"lastScheduleTime":"2026-03-01T11:55:00Z"} }
            """);

        Assert.Equal(("*/5 * * * *", "Europe/Zurich", true, 1), (cron.Schedule, cron.TimeZone, cron.Suspend, cron.Active));
        Assert.Equal(new DateTime(2026, 3, 1, 11, 55, 0, DateTimeKind.Utc), cron.LastScheduleTime?.ToUniversalTime());
        Assert.Equal(["nginx:1.29", "vector:0.50"], cron.Images);
        Assert.StartsWith("app=web", cron.Selector, StringComparison.Ordinal);
    }
}
