using MultiCluster.Objects;
using MultiCluster.Pods;
using MultiCluster.Tests.Objects.Kinds;

namespace MultiCluster.Tests.Logs;

public sealed class ContainerTests
{
    private const string Spec = """
        "spec":{"initContainers":[{"name":"migrate"},{"name":"proxy","restartPolicy":"Always"}],
          "containers":[{"name":"app"},{"name":"sidecar"}],"ephemeralContainers":[{"name":"debugger-1"}],"restartPolicy":"POLICY"}
        """;

    [Fact]
    public void By_default_the_first_container_is_read() => Assert.Equal(["app"], Choice().Of(Pod()));

    [Fact]
    public void The_annotation_names_another() =>
        Assert.Equal(["sidecar"], Choice().Of(Pod(metadata: ""","annotations":{"kubectl.kubernetes.io/default-container":"sidecar"}""")));

    [Fact]
    public void An_annotation_that_names_no_container_is_passed_over() =>
        Assert.Equal(["app"], Choice().Of(Pod(metadata: ""","annotations":{"kubectl.kubernetes.io/default-container":"gone"}""")));

    [Fact]
    public void All_containers_are_all_in_the_order_in_which_they_start() =>
        Assert.Equal(["migrate", "proxy", "app", "sidecar", "debugger-1"], new ContainerChoice([], all: true).Of(Pod()));

    [Fact]
    public void Named_containers_are_found_among_all_kinds_with_wildcards() =>
        Assert.Equal(["migrate", "sidecar", "debugger-1"], Choice("*debug*", "migrate", "side?ar").Of(Pod()));

    [Fact]
    public void A_pod_may_have_none_of_the_named_ones() => Assert.Empty(Choice("elsewhere").Of(Pod()));

    [Fact]
    public void A_running_container_is_its_present_instance()
    {
        var state = State("""{"name":"app","containerID":"c2","restartCount":1,"state":{"running":{"startedAt":"2026-01-01T00:00:05Z"}},"lastState":{"terminated":{"containerID":"c1"}}}""");
        Assert.Equal((ContainerPhase.Running, "c2", "c1", 1, false), (state.Phase, state.InstanceId, state.PreviousId, state.Restarts, state.IsFinal));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 5, TimeSpan.Zero), state.StartedAt);
    }

    [Fact]
    public void A_container_that_waits_for_its_restart_is_the_instance_that_ended()
    {
        var state = State("""{"name":"app","containerID":"c2","restartCount":2,"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"containerID":"c2","exitCode":1}}}""");
        Assert.Equal((ContainerPhase.Waiting, "c2", null, "CrashLoopBackOff", false), (state.Phase, state.InstanceId, state.PreviousId, state.Reason, state.IsFinal));
    }

    [Fact]
    public void A_container_that_has_not_started_has_no_log()
    {
        var state = State("""{"name":"app","state":{"waiting":{"reason":"ContainerCreating"}}}""");
        Assert.Equal((ContainerPhase.Waiting, null, false), (state.Phase, state.InstanceId, state.IsFinal));
        Assert.Null(ContainerState.Of(Pod(), "app").InstanceId);
    }

    [Theory]
    [InlineData("app", "Always", 0, "", false)]
    [InlineData("app", "OnFailure", 0, "", true)]
    [InlineData("app", "OnFailure", 1, "", false)]
    [InlineData("app", "Never", 1, "", true)]
    [InlineData("app", "Always", 0, ""","deletionTimestamp":"2026-01-01T00:00:00Z" """, true)]
    [InlineData("migrate", "Always", 0, "", true)]
    [InlineData("migrate", "Always", 1, "", false)]
    [InlineData("migrate", "Never", 1, "", true)]
    [InlineData("proxy", "Never", 0, "", false)]
    [InlineData("debugger-1", "Always", 1, "", true)]
    public void Whether_a_container_is_started_again_follows_its_policy(string container, string policy, int exitCode, string metadata, bool final)
    {
        var statuses = container switch { "migrate" or "proxy" => "initContainerStatuses", "debugger-1" => "ephemeralContainerStatuses", _ => "containerStatuses" };
        var status = $$$"""{"{{{statuses}}}":[{"name":"{{{container}}}","state":{"terminated":{"containerID":"c1","exitCode":{{{exitCode}}},"reason":"Completed"} } }]}""";
        var state = ContainerState.Of(Pod(status, policy, metadata), container);
        Assert.Equal((ContainerPhase.Terminated, "c1", final), (state.Phase, state.InstanceId, state.IsFinal));
    }

    [Theory]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    public void In_a_pod_that_is_over_nothing_more_is_written(string phase) =>
        Assert.True(ContainerState.Of(Pod($$"""{"phase":"{{phase}}","reason":"Evicted"}"""), "app").IsFinal);

    private static ContainerChoice Choice(params string[] names) => new(names, all: false);

    private static ContainerState State(string status) => ContainerState.Of(Pod($$"""{"phase":"Running","containerStatuses":[{{status}}]}"""), "app");

    private static KubePod Pod(string status = "{}", string policy = "Always", string metadata = "") => Sample.Read<KubePod>(
        $$"""{"metadata":{"name":"web-1","namespace":"shop"{{metadata}}},{{Spec.Replace("POLICY", policy, StringComparison.Ordinal)}},"status":{{status}}}""");
}
