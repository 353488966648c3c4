using MultiCluster.Objects;

namespace MultiCluster.Tests.Objects.Kinds;

public sealed class KubeEventTests
{
    [Fact]
    public void An_event_of_the_core_group_has_kubectls_columns()
    {
        var seen = Sample.Read<KubeEvent>("""
            {"metadata":{"name":"web.17f","namespace":"shop"},"type":"Warning","reason":"BackOff","message":"Back-off restarting\n","count":4,
             "involvedObject":{"kind":"Pod","name":"web-0","fieldPath":"spec.containers{web}"},
             "source":{"component":"kubelet","host":"node-1"},
             "firstTimestamp":"2026-03-01T10:00:00Z","lastTimestamp":"2026-03-01T11:50:00Z","eventTime":null,"reportingComponent":"","reportingInstance":""}
            """);

        Assert.Equal(("Warning", "BackOff", "pod/web-0", "Back-off restarting", 4), (seen.Type, seen.Reason, seen.Object, seen.Message, seen.Count));
        Assert.Equal(("10m", "kubelet, node-1", "spec.containers{web}"), ($"{seen.LastSeenAge}", seen.Reporter, seen.Subobject));
        Assert.Equal(new DateTime(2026, 3, 1, 11, 50, 0, DateTimeKind.Utc), seen.LastSeen?.ToUniversalTime());
        Assert.Equal(new DateTime(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc), seen.FirstSeen?.ToUniversalTime());
        Assert.Equal(("kubelet", "web-0"), (seen.Source?["component"], seen.InvolvedObject?["name"]));
        Assert.Null(seen.EventTime);
    }

    [Fact]
    public void An_event_of_the_events_group_has_the_same_columns()
    {
        var seen = Sample.Read<KubeEvent>(
            """
            {"metadata":{"name":"web.17f"},"type":"Normal","reason":"Scheduled","note":"Successfully assigned","action":"Binding",
             "regarding":{"kind":"Pod","name":"web-0"},"eventTime":"2026-03-01T11:59:00.123456Z",
             "deprecatedFirstTimestamp":null,"deprecatedSource":{},"reportingController":"default-scheduler","reportingInstance":"master-1"}
            """,
            "events.k8s.io/v1");

        Assert.Equal(("pod/web-0", "Successfully assigned", 1, "Binding"), (seen.Object, seen.Message, seen.Count, seen.Action));
        Assert.Equal(("59s", "default-scheduler, master-1"), ($"{seen.LastSeenAge}", seen.Reporter));
        Assert.Equal("default-scheduler", seen.ReportingComponent);
        Assert.Equal(seen.EventTime, seen.FirstSeen);
    }

    [Fact]
    public void A_series_says_how_often_and_when_last()
    {
        var seen = Sample.Read<KubeEvent>("""
            {"metadata":{"name":"e"},"eventTime":"2026-03-01T11:00:00Z","lastTimestamp":"2026-03-01T11:30:00Z",
             "series":{"count":17,"lastObservedTime":"2026-03-01T11:45:00.000000Z"}}
            """);

        Assert.Equal((17, "15m"), (seen.Count, $"{seen.LastSeenAge}"));
    }

    [Theory]
    [InlineData(""" "lastTimestamp":"2026-03-01T11:00:00Z","eventTime":"2026-03-01T10:00:00Z" """, 60)]
    [InlineData(""" "eventTime":"2026-03-01T10:00:00Z","firstTimestamp":"2026-03-01T09:00:00Z" """, 120)]
    [InlineData(""" "firstTimestamp":"2026-03-01T09:00:00Z" """, 180)]
    [InlineData(""" "type":"Normal" """, 240)]
    [InlineData(""" "lastTimestamp":"","series":null """, 240)]
    public void The_time_is_the_first_that_is_there(string fields, int minutesAgo) => Assert.Equal(
        TimeSpan.FromMinutes(minutesAgo),
        Sample.Read<KubeEvent>($$"""{"metadata":{"name":"e","creationTimestamp":"2026-03-01T08:00:00Z"},{{fields}}}""").LastSeenAge?.ToTimeSpan());

    [Fact]
    public void An_event_about_nothing_reads_as_empty()
    {
        var seen = Sample.Read<KubeEvent>("""{"metadata":{"name":"e"}}""");

        Assert.Equal(("", "", 1), (seen.Object, seen.Reporter, seen.Count));
        Assert.Null(seen.LastSeen);
    }
}
