using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Pods;
using MultiCluster.Waiting;

namespace MultiCluster.Debugging;

/// <summary>
/// A container is to run, or to have ended. A kubelet tries for ever to get an image that is not there: when it has said a second time that it
/// cannot start the container, or has said it once and not come further for a while, it is not waited for any longer.
/// </summary>
internal sealed class ContainerStartRule(string container, TimeSpan patience, TimeProvider time) : WaitRule, IDisposable
{
    /// <summary>What no second attempt changes (kubelet <c>pkg/kubelet/images</c>, <c>kuberuntime</c>).</summary>
    private static readonly string[] Final = ["InvalidImageName", "ErrImageNeverPull"];

    private static readonly string[] Problems =
    [
        .. Final, "ErrImagePull", "ImagePullBackOff", "ImageInspectError", "RegistryUnavailable", "SignatureValidationFailed",
        "CreateContainerConfigError", "CreateContainerError", "RunContainerError", "CrashLoopBackOff", "PreCreateHookError", "PreStartHookError", "PostStartHookError",
    ];

    private readonly CancellationTokenSource _givenUp = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>Why the kubelet cannot start it, in its words; null while it has not said that.</summary>
    public string? Problem { get; private set; }

    /// <summary>What is missing, or what went wrong; null before the pod has been seen.</summary>
    public string? Lacking { get; private set; }

    /// <summary>Cancelled when it has had its time to think better of it.</summary>
    public CancellationToken GivenUp => _givenUp.Token;

    public override string Unmet => $"did not start container {container}";

    public override ValueTask<WaitVerdict> JudgeAsync(KubeObject item, IReadOnlyCollection<KubeEndpointSlice>? endpoints, CancellationToken cancellationToken)
    {
        var verdict = Judge((KubePod)item);
        Lacking = verdict.Message;
        return new(verdict);
    }

    public void Dispose() => _givenUp.Dispose();

    private WaitVerdict Judge(KubePod pod)
    {
        if (ContainerState.Of(pod, container) is { Phase: not ContainerPhase.Waiting })
            return WaitVerdict.Fulfilled;
        if (pod.Phase is "Succeeded" or "Failed")
            return WaitVerdict.Fails(Said(pod.StatusJson) is { Length: > 0 } why ? $"the pod has ended ({why})" : "the pod has ended");
        var waiting = WaitingOf(pod);
        if (waiting["reason"u8].AsText() is not { } reason || !Problems.Contains(reason))
        {
            Problem = null;
            _givenUp.CancelAfter(Timeout.InfiniteTimeSpan);
            return WaitVerdict.Lacks(Said(waiting) is { Length: > 0 } stage ? stage : "the kubelet has not begun with it");
        }

        var said = Said(waiting);
        if (Final.Contains(reason) || (Problem is not null && Problem != said))
        {
            Problem = said;
            return WaitVerdict.Fails(said);
        }

        if (Problem is null)
            _givenUp.CancelAfter(patience);
        Problem = said;
        return WaitVerdict.Lacks(said);
    }

    private JsonSlice WaitingOf(KubePod pod) =>
        PodContainer.Of(pod).FirstOrDefault(one => one.Name == container) is { Name: not null } there ? there.StatusIn(pod)["state"u8]["waiting"u8] : default;

    private static string Said(JsonSlice state) => string.Join(": ", new[] { state["reason"u8].AsText(), state["message"u8].AsText() }.OfType<string>());
}
