namespace MultiCluster.Sandbox.Kubelets;

/// <summary>What a runtime says of a port where nothing listens (containerd: portForward).</summary>
internal static class PortRefusal
{
    /// <summary>What a runtime calls the pod.</summary>
    public static string SandboxOf(string uid) => (uid.Replace("-", "", StringComparison.Ordinal) + new string('0', 64))[..64];

    public static IOException Of(string sandbox, int port) => new(
        $"failed to execute portforward in network namespace \"/var/run/netns/cni-{sandbox[..8]}\": failed to connect to localhost:{port} inside namespace "
        + $"\"{sandbox}\", IPv4: dial tcp4 127.0.0.1:{port}: connect: connection refused IPv6 dial tcp6: address localhost: no suitable address found ");
}
