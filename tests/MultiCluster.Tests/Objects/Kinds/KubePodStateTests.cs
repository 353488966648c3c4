using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

/// <summary>kubectl's own cases (<c>TestPrintPod</c> in kubernetes <c>pkg/printers/internalversion/printers_test.go</c>) and what else clusters show.</summary>
public sealed class KubePodStateTests
{
    private const string Two = """{"containers":[{"name":"a"},{"name":"b"}]}""";
    private const string One = """{"containers":[{"name":"a"}]}""";
    private const string WithInit = """{"initContainers":[{"name":"i"},{"name":"j"},{"name":"k"}],"containers":[{"name":"a"}]}""";
    private const string WithSidecar =
        """{"initContainers":[{"name":"i"},{"name":"s","restartPolicy":"Always"}],"containers":[{"name":"a"}]}""";

    public static TheoryData<string, string, string, string, int> Pods => new()
    {
        { Two, """{"phase":"podPhase","containerStatuses":[{"name":"a","ready":true,"restartCount":3,"state":{"running":{}}},{"name":"b","restartCount":3}]}""", "podPhase", "1/2", 6 },
        { Two, """{"phase":"Running","containerStatuses":[{"name":"a","ready":true,"restartCount":3,"state":{"running":{}}},{"name":"b","ready":true,"restartCount":3,"state":{"running":{}}}]}""", "Running", "2/2", 6 },
        { Two, """{"phase":"Pending","containerStatuses":[{"name":"a","restartCount":3,"state":{"waiting":{"reason":"ContainerWaitingReason"}}},{"name":"b","restartCount":3,"state":{"terminated":{"exitCode":0,"reason":"Done"}}}]}""", "ContainerWaitingReason", "0/2", 6 },
        { One, """{"phase":"Running","containerStatuses":[{"name":"a","ready":false,"restartCount":12,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}""", "CrashLoopBackOff", "0/1", 12 },
        { One, """{"phase":"Pending","containerStatuses":[{"name":"a","ready":false,"restartCount":0,"state":{"waiting":{"reason":"ImagePullBackOff"}}}]}""", "ImagePullBackOff", "0/1", 0 },
        { One, """{"phase":"Pending","containerStatuses":[{"name":"a","ready":false,"restartCount":0,"state":{"waiting":{"reason":"ContainerCreating"}}}]}""", "ContainerCreating", "0/1", 0 },
        { One, """{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable"}]}""", "Pending", "0/1", 0 },
        { One, """{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"SchedulingGated"}]}""", "SchedulingGated", "0/1", 0 },
        { One, """{"phase":"Succeeded","containerStatuses":[{"name":"a","restartCount":0,"state":{"terminated":{"exitCode":0,"reason":"Completed"}}}]}""", "Completed", "0/1", 0 },
        { One, """{"phase":"Failed","containerStatuses":[{"name":"a","restartCount":0,"state":{"terminated":{"exitCode":1,"reason":"Error"}}}]}""", "Error", "0/1", 0 },
        { One, """{"phase":"Failed","containerStatuses":[{"name":"a","restartCount":2,"state":{"terminated":{"exitCode":137,"reason":"OOMKilled"}}}]}""", "OOMKilled", "0/1", 2 },
        { One, """{"phase":"Running","containerStatuses":[{"name":"a","restartCount":1,"state":{"terminated":{"exitCode":137,"signal":9}}}]}""", "Signal:9", "0/1", 1 },
        { One, """{"phase":"Running","containerStatuses":[{"name":"a","restartCount":1,"state":{"terminated":{"exitCode":2}}}]}""", "ExitCode:2", "0/1", 1 },
        { One, """{"phase":"Failed","reason":"Evicted","message":"The node was low on resource: memory."}""", "Evicted", "0/1", 0 },
        { One, """{"phase":"Failed","reason":"NodeAffinity"}""", "NodeAffinity", "0/1", 0 },
        { One, """{"phase":"Running","reason":"NodeLost","containerStatuses":[{"name":"a","ready":true,"restartCount":0,"state":{"running":{}}}]}""", "NodeLost", "1/1", 0 },
        { WithInit, """{"phase":"Pending","initContainerStatuses":[{"name":"i","restartCount":0,"state":{"running":{}}}]}""", "Init:0/3", "0/1", 0 },
        { WithInit, """{"phase":"Pending","initContainerStatuses":[{"name":"i","restartCount":1,"state":{"terminated":{"exitCode":0,"reason":"Completed"}}},{"name":"j","restartCount":0,"state":{"waiting":{"reason":"PodInitializing"}}}]}""", "Init:1/3", "0/1", 1 },
        { WithInit, """{"phase":"Pending","initContainerStatuses":[{"name":"i","restartCount":4,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}""", "Init:CrashLoopBackOff", "0/1", 4 },
        { WithInit, """{"phase":"Pending","initContainerStatuses":[{"name":"i","restartCount":0,"state":{"terminated":{"exitCode":1,"reason":"Error"}}}]}""", "Init:Error", "0/1", 0 },
        { WithInit, """{"phase":"Pending","initContainerStatuses":[{"name":"i","restartCount":0,"state":{"terminated":{"exitCode":3}}}]}""", "Init:ExitCode:3", "0/1", 0 },
        { WithInit, """{"phase":"Pending","initContainerStatuses":[{"name":"i","restartCount":0,"state":{"terminated":{"exitCode":143,"signal":15}}}]}""", "Init:Signal:15", "0/1", 0 },
        { WithInit, """{"phase":"Running","conditions":[{"type":"Initialized","status":"True"}],"initContainerStatuses":[{"name":"i","restartCount":3,"state":{"terminated":{"exitCode":0}}}],"containerStatuses":[{"name":"a","ready":true,"restartCount":2,"state":{"running":{}}}]}""", "Running", "1/1", 2 },
        { WithInit, """{"phase":"Running","conditions":[{"type":"Initialized","status":"True"}],"initContainerStatuses":[{"name":"i","restartCount":0,"state":{"running":{}}}],"containerStatuses":[{"name":"a","ready":true,"restartCount":0,"state":{"running":{}}}]}""", "Init:0/3", "1/1", 0 },
        { WithSidecar, """{"phase":"Running","initContainerStatuses":[{"name":"i","restartCount":5,"state":{"terminated":{"exitCode":0}}},{"name":"s","ready":true,"started":true,"restartCount":2,"state":{"running":{}}}],"containerStatuses":[{"name":"a","ready":true,"restartCount":1,"state":{"running":{}}}]}""", "Running", "2/2", 3 },
        { WithSidecar, """{"phase":"Running","initContainerStatuses":[{"name":"i","restartCount":0,"state":{"terminated":{"exitCode":0}}},{"name":"s","ready":false,"started":true,"restartCount":0,"state":{"running":{}}}],"containerStatuses":[{"name":"a","ready":true,"restartCount":0,"state":{"running":{}}}]}""", "Running", "1/2", 0 },
        { WithSidecar, """{"phase":"Pending","initContainerStatuses":[{"name":"i","restartCount":0,"state":{"terminated":{"exitCode":0}}},{"name":"s","started":false,"restartCount":0,"state":{"waiting":{"reason":"PodInitializing"}}}]}""", "Init:1/2", "0/2", 0 },
        { Two, """{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[{"name":"a","restartCount":0,"state":{"terminated":{"exitCode":0,"reason":"Completed"}}},{"name":"b","ready":true,"restartCount":0,"state":{"running":{}}}]}""", "Running", "1/2", 0 },
        { Two, """{"phase":"Running","conditions":[{"type":"Ready","status":"False"}],"containerStatuses":[{"name":"a","restartCount":0,"state":{"terminated":{"exitCode":0,"reason":"Completed"}}},{"name":"b","ready":true,"restartCount":0,"state":{"running":{}}}]}""", "NotReady", "1/2", 0 },
        { Two, """{"phase":"Failed","containerStatuses":[{"name":"a","restartCount":0,"state":{"terminated":{"exitCode":0,"reason":"Completed"}}},{"name":"b","restartCount":0,"state":{"terminated":{"exitCode":1,"reason":"Error"}}}]}""", "Error", "0/2", 0 },
        { Two, """{"phase":"Running","containerStatuses":[{"name":"a","ready":true,"restartCount":0,"state":{"running":{}}},{"name":"b","restartCount":7,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}""", "CrashLoopBackOff", "1/2", 7 },
        { One, """{}""", "", "0/1", 0 },
        { One, """{"phase":"Unknown"}""", "Unknown", "0/1", 0 },
        { "[]", """{"phase":7,"containerStatuses":{"odd":true},"conditions":"odd","initContainerStatuses":[1,"x",null]}""", "Init:0/0", "0/0", 0 },
    };

    [Theory]
    [MemberData(nameof(Pods))]
    public void A_pod_shows_what_kubectl_shows(string spec, string status, string state, string ready, int restarts)
    {
        var pod = Pod(spec, status);

        Assert.Equal((state, ready, restarts), (pod.State, pod.Ready, pod.Restarts));
    }

    [Theory]
    [InlineData("""{"phase":"Running"}""", "Terminating")]
    [InlineData("""{"phase":"Running","reason":"NodeLost"}""", "Unknown")]
    [InlineData("""{"phase":"Succeeded"}""", "Succeeded")]
    [InlineData("""{"phase":"Failed","reason":"Evicted"}""", "Evicted")]
    public void A_pod_that_is_deleted_is_terminating_unless_it_has_ended(string status, string state) =>
        Assert.Equal(state, Pod(One, status, ""","deletionTimestamp":"2026-03-01T11:59:00Z" """).State);

    [Fact]
    public void The_last_restart_is_the_latest_end_of_a_counted_container()
    {
        var pod = Pod(WithSidecar, """
            {"phase":"Running",
             "initContainerStatuses":[
               {"name":"i","restartCount":1,"state":{"terminated":{"exitCode":0}},"lastState":{"terminated":{"finishedAt":"2026-03-01T11:59:59Z"}}},
               {"name":"s","ready":true,"started":true,"restartCount":1,"state":{"running":{}},"lastState":{"terminated":{"finishedAt":"2026-03-01T11:00:00Z"}}}],
             "containerStatuses":[
               {"name":"a","ready":true,"restartCount":2,"state":{"running":{}},"lastState":{"terminated":{"finishedAt":"2026-03-01T11:55:00Z"}}}]}
            """);

        Assert.Equal((3, new DateTime(2026, 3, 1, 11, 55, 0, DateTimeKind.Utc)), (pod.Restarts, pod.LastRestart?.ToUniversalTime()));
    }

    [Fact]
    public void A_pod_without_restarts_has_no_last_restart() => Assert.Null(Pod(One, "{}").LastRestart);

    private static KubePod Pod(string spec, string status, string metadata = "") =>
        Sample.Read<KubePod>($$"""{"metadata":{"name":"web-0","namespace":"shop"{{metadata}}},"spec":{{spec}},"status":{{status}}}""");
}
