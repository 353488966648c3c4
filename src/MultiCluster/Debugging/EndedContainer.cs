using MultiCluster.Objects;
using MultiCluster.Pods;

namespace MultiCluster.Debugging;

/// <summary>How a container ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Reason">The kubelet's word for it: <c>Completed</c>, <c>Error</c>, <c>StartError</c>.</param>
/// <param name="Message">What the kubelet says of it; what it left as its last message.</param>
internal sealed record EndedContainer(int ExitCode, string Reason, string Message)
{
    /// <summary>False where its program could not be started: the runtimes' words for it (containerd, cri-o; docker).</summary>
    public bool Began => Reason is not ("StartError" or "ContainerCannotRun");

    /// <summary>How a container of a pod ended; null while it has not.</summary>
    public static EndedContainer? Of(KubePod pod, string name)
    {
        if (PodContainer.Of(pod).FirstOrDefault(one => one.Name == name) is not { Name: not null } container)
            return null;
        var ended = container.StatusIn(pod)["state"u8]["terminated"u8];
        return ended.IsObject ? new(ended["exitCode"u8].AsInt32(), ended["reason"u8].AsText() ?? "", ended["message"u8].AsText() ?? "") : null;
    }

    public override string ToString() => string.Join(": ", new[] { $"exit code {ExitCode}", Message }.Where(static part => part.Length > 0));
}
