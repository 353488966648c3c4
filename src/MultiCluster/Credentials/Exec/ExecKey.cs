using MultiCluster.Kubeconfig;

namespace MultiCluster.Credentials;

/// <summary>What makes the credentials of two runs the same: all that the process is given, but not whether it may ask the user.</summary>
internal sealed record ExecKey(string Command, string Args, string Env, string? ApiVersion, KubeconfigCluster? Cluster)
{
    /// <summary>The key of a run; the cluster counts only where the plugin is told about it.</summary>
    public static ExecKey Of(ExecConfig exec, KubeconfigCluster cluster) => new(
        exec.Command,
        string.Join('\0', exec.Args),
        string.Join('\0', exec.Env.Select(static variable => $"{variable.Key}={variable.Value}")),
        exec.ApiVersion,
        exec.ProvideClusterInfo ? cluster with { Name = "" } : null);

    /// <inheritdoc/>
    // Arguments and variables may be secret.
    public override string ToString() => Command;
}
