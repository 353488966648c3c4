using MultiCluster.Kubeconfig;

namespace MultiCluster.Credentials;

/// <summary>What makes two runs of exec plugins the same: all that the process is given.</summary>
internal sealed record ExecKey(string Command, string Args, string Env, string? ApiVersion, bool Interactive, KubeconfigCluster? Cluster)
{
    /// <summary>The key of a run. The cluster counts only where the plugin is told about it.</summary>
    public static ExecKey Of(ExecConfig exec, KubeconfigCluster cluster, bool interactive) => new(
        exec.Command,
        string.Join('\0', exec.Args),
        string.Join('\0', exec.Env.Select(static variable => $"{variable.Key}={variable.Value}")),
        exec.ApiVersion,
        interactive,
        exec.ProvideClusterInfo ? cluster with { Name = "" } : null);

    /// <inheritdoc/>
    // Arguments and variables may be secret.
    public override string ToString() => Command;
}
