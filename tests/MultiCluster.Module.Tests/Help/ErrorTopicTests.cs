using MultiCluster.Faults;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Help;

/// <summary>The topic about errors against the errors that there are.</summary>
public sealed class ErrorTopicTests
{
    [Theory]
    [MemberData(nameof(Phases))]
    public void Every_error_has_its_line(string phase) =>
        Assert.Contains($"    Kube.{phase} ", File.ReadAllText(Path.Combine(TestBuild.Of("ModuleLayout"), "en-US", "about_KubeErrors.help.txt")), StringComparison.Ordinal);

    public static TheoryData<string> Phases => [.. Enum.GetNames<FaultPhase>()];
}
