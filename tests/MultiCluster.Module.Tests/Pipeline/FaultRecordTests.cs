using System.Management.Automation;
using MultiCluster.Faults;
using MultiCluster.Module.Pipeline;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Pipeline;

public sealed class FaultRecordTests
{
    public static TheoryData<FaultPhase> Phases => [.. Enum.GetValues<FaultPhase>()];

    [Theory]
    [MemberData(nameof(Phases))]
    public void Every_phase_has_an_id_and_a_category(FaultPhase phase)
    {
        var error = FaultRecord.Of(new Fault { Phase = phase, Detail = "it went wrong" });

        Assert.Equal($"Kube.{phase}", error.Id());
        Assert.NotEqual(ErrorCategory.NotSpecified, error.CategoryInfo.Category);
    }

    [Fact]
    public void It_says_which_cluster_failed_at_what_and_what_to_do()
    {
        var cluster = ClusterIdentity.Of("/home/jane/config", "c");

        var error = FaultRecord.Of(new Fault
        {
            Phase = FaultPhase.Forbidden,
            Cluster = cluster,
            Operation = "list pods in namespace web",
            Detail = "Forbidden",
            Advice = "Ask for the role view, or pass -Namespace.",
        });

        Assert.Same(cluster, error.TargetObject);
        Assert.Equal(("c", "Forbidden", "list pods in namespace web"), (error.CategoryInfo.TargetName, error.CategoryInfo.Reason, error.CategoryInfo.Activity));
        Assert.Equal("Ask for the role view, or pass -Namespace.", error.ErrorDetails.RecommendedAction);
    }
}
