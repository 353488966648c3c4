using System.Management.Automation;
using MultiCluster.Http;
using MultiCluster.Module.Pipeline;

namespace MultiCluster.Module.Tests.Pipeline;

public sealed class CmdletErrorTests
{
    public static TheoryData<FaultPhase> Phases => [.. Enum.GetValues<FaultPhase>()];

    [Theory]
    [MemberData(nameof(Phases))]
    public void Every_phase_has_an_id_and_a_category(FaultPhase phase)
    {
        var error = CmdletError.Of(new Fault { Phase = phase, Detail = "it went wrong" });

        Assert.Equal($"Kube.{phase}", error.ErrorId);
        Assert.NotEqual(ErrorCategory.NotSpecified, error.Category);
    }
}
