using MultiCluster.Objects;
using MultiCluster.Tests.Objects.Kinds;
using MultiCluster.Workloads;

namespace MultiCluster.Tests.Workloads;

public sealed class RolloutHistoryTests
{
    [Fact]
    public void A_deployments_revisions_are_its_replica_sets()
    {
        var web = Sample.Read<KubeDeployment>("""{"metadata":{"name":"web","namespace":"web","uid":"u","annotations":{"deployment.kubernetes.io/revision":"10"}}}""");
        KubeObject[] sets = [Set("10", "web:3", owner: "u", cause: "back"), Set("9", "web:2", owner: "u"), Set("1", "other:1", owner: "other"), Set("", "web:0", owner: "u")];

        var history = RolloutHistory.Of(web, sets);

        Assert.Equal([(9L, false, null, "web:2"), (10L, true, "back", "web:3")], history.Select(static one => (one.Revision, one.Current, one.ChangeCause, Assert.Single(one.Images))));
        Assert.Equal(("Deployment", "web", "u"), (history[0].Kind, history[0].Name, history[0].Uid));
    }

    [Fact]
    public void A_stateful_sets_current_revision_is_the_one_that_it_updates_to()
    {
        var db = Sample.Read<KubeStatefulSet>("""{"metadata":{"name":"db","namespace":"web","uid":"u"},"status":{"updateRevision":"db-1","currentRevision":"db-3"}}""");

        var history = RolloutHistory.Of(db, [Revision(1, "pg:1"), Revision(3, "pg:3"), Revision(2, "pg:2")]);

        Assert.Equal([(1L, true, "pg:1"), (2L, false, "pg:2"), (3L, false, "pg:3")], history.Select(static one => (one.Revision, one.Current, Assert.Single(one.Images))));
    }

    [Fact]
    public void A_daemon_sets_current_revision_is_the_last_one()
    {
        var agent = Sample.Read<KubeDaemonSet>("""{"metadata":{"name":"agent","namespace":"web","uid":"u"}}""");

        Assert.Equal([(1L, false), (2L, true)], RolloutHistory.Of(agent, [Revision(2, "b"), Revision(1, "a")]).Select(static one => (one.Revision, one.Current)));
    }

    private static KubeObject Set(string revision, string image, string owner, string? cause = null) => Sample.Read("apps/v1", "ReplicaSet", $$$$$"""
        {"metadata":{"name":"web-{{{{{revision}}}}}","namespace":"web","annotations":{"deployment.kubernetes.io/revision":"{{{{{revision}}}}}"{{{{{(cause is null ? "" : $",\"kubernetes.io/change-cause\":\"{cause}\"")}}}}}},
           "ownerReferences":[{"controller":true,"kind":"Deployment","name":"web","uid":"{{{{{owner}}}}}"}]},
         "spec":{"template":{"spec":{"containers":[{"name":"c","image":"{{{{{image}}}}}"}]}}}}
        """);

    private static KubeObject Revision(int number, string image) => Sample.Read("apps/v1", "ControllerRevision", $$$$$$"""
        {"metadata":{"name":"db-{{{{{{number}}}}}}","namespace":"web","ownerReferences":[{"controller":true,"kind":"StatefulSet","name":"db","uid":"u"}]},"revision":{{{{{{number}}}}}},
         "data":{"spec":{"template":{"$patch":"replace","spec":{"containers":[{"name":"c","image":"{{{{{{image}}}}}}"}]}}}}}
        """);
}
