using MultiCluster.Faults;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Http;

/// <summary>Says that a login was not sent, because the connection is not encrypted: kubectl's silence about it has cost its users days.</summary>
internal static class WithheldLogin
{
    private const string NotSent = "the kubeconfig's login is not sent, because the connection is not encrypted (http)";

    /// <summary>A refusal that the missing login explains.</summary>
    public static Fault Explain(Fault refusal, KubeconfigContext context) =>
        refusal with { Detail = $"{refusal.Detail}; {NotSent}", Advice = AdviceOf(context) };

    /// <summary>The same where the server asked for no login.</summary>
    public static Fault Notice(KubeconfigContext context, ClusterIdentity cluster) =>
        new() { Phase = FaultPhase.Credential, Detail = NotSent, Advice = AdviceOf(context), Cluster = cluster };

    private static string AdviceOf(KubeconfigContext context) => PlaintextRules.CanBeAllowed(context.Cluster!)
        ? "Write https:// in the cluster's server address, or allow it for this address of your own machine with Set-KubeCluster -AllowPlaintextLogin."
        : "Write https:// in the cluster's server address.";
}
