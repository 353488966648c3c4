namespace MultiCluster.Kubeconfig;

/// <summary>What kubectl makes of a server's address without a scheme, such as <c>localhost:8001</c> (client-go <c>rest.DefaultServerURL</c>).</summary>
internal static class ServerScheme
{
    /// <summary>
    /// The address with its scheme: <c>http</c>, whatever certificates the kubeconfig has beside it, since kubectl reads those for https
    /// alone. What is no host and port stays as it is.
    /// </summary>
    public static string? Completed(string? server) =>
        server is not null
        && !server.Contains("://", StringComparison.Ordinal)
        && Uri.TryCreate($"http://{server}", UriKind.Absolute, out var uri)
        && uri is { PathAndQuery: "/", Fragment: "" }
            ? $"http://{server}"
            : server;
}
