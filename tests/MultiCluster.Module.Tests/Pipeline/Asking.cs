using MultiCluster.FanOut;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Pipeline;

/// <summary>A PowerShell that runs <see cref="AskCommand"/> with an operation on clusters that need no network.</summary>
internal sealed class Asking : IDisposable
{
    public Asking(AskedWork operation, params string[] clusters)
    {
        File.WriteAllText(Shell.Kubeconfig, TestSession.Kubeconfig(clusters));
        Shell.Select(clusters)["operation"] = operation;
    }

    public Shell Shell { get; } = new();

    public FanOutReport Report => Assert.Single(Shell.Session.Log.Last(1));

    /// <summary>Runs <c>Get-KubeAnswer</c> with the operation, and what is typed after it.</summary>
    public ShellRun Run(string rest = "") => Shell.Run(Line(rest));

    /// <summary>Begins to run it.</summary>
    public RunningShell Start(string rest = "") => Shell.Start(Line(rest));

    public void Dispose() => Shell.Dispose();

    private static string Line(string rest) => $"Get-KubeAnswer -Operation $operation {rest}";
}
