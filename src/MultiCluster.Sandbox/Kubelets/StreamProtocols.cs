namespace MultiCluster.Sandbox.Kubelets;

/// <summary>The WebSocket subprotocols of exec, attach and port-forward.</summary>
public static class StreamProtocols
{
    /// <summary>Channels, and the exit as a Status. Every kubelet speaks it.</summary>
    public const string V4 = "v4.channel.k8s.io";

    /// <summary>As <see cref="V4"/>, and one side can close a channel. Spoken by API servers since 1.30, which talk SPDY to the kubelet.</summary>
    public const string V5 = "v5.channel.k8s.io";

    /// <summary>What a cluster of a version speaks.</summary>
    internal static IReadOnlyList<string> Of(string version) => MinorOf(version) < 30 ? [V4] : [V5, V4];

    /// <summary>True since 1.35, where whoever opens a stream needs the verb create, whatever the method.</summary>
    internal static bool NeedCreate(string version) => MinorOf(version) >= 35;

    private static int MinorOf(string version) => int.TryParse(version.TrimStart('v').Split('.').ElementAtOrDefault(1), out var minor) ? minor : int.MaxValue;
}
