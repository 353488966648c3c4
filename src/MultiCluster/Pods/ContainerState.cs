using MultiCluster.Objects;

namespace MultiCluster.Pods;

/// <summary>Where a container stands, as its pod's status says.</summary>
internal enum ContainerPhase
{
    /// <summary>It has not started, or waits to be started again.</summary>
    Waiting,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It has ended.</summary>
    Terminated,
}

/// <summary>What a pod's status says of one container. A container that is started again is another instance, with a log of its own.</summary>
internal sealed record ContainerState
{
    /// <summary>A container of which nothing is known yet.</summary>
    public static ContainerState Unknown { get; } = new();

    /// <summary>Where it stands.</summary>
    public ContainerPhase Phase { get; private init; }

    /// <summary>The instance whose log a kubelet serves: the last one that was started. Null when none was.</summary>
    public string? InstanceId { get; private init; }

    /// <summary>The instance whose log a kubelet serves as the previous one.</summary>
    public string? PreviousId { get; private init; }

    /// <summary>How often it was started again.</summary>
    public int Restarts { get; private init; }

    /// <summary>When the last instance was started; whole seconds.</summary>
    public DateTimeOffset? StartedAt { get; private init; }

    /// <summary>Why it waits or how it ended: <c>ContainerCreating</c>, <c>CrashLoopBackOff</c>, <c>Completed</c>, <c>OOMKilled</c>.</summary>
    public string? Reason { get; private init; }

    /// <summary>True when nothing more will be written: it has ended, or never began, and no further instance will be started.</summary>
    public bool IsFinal { get; private init; }

    /// <summary>True while its instance may still write.</summary>
    public bool IsRunning => Phase == ContainerPhase.Running;

    /// <summary>The state of a container of <paramref name="pod"/>.</summary>
    /// <remarks>Which instance a kubelet serves: <c>validateContainerLogStatus</c> in kubernetes <c>pkg/kubelet/kubelet_pods.go</c>.</remarks>
    public static ContainerState Of(KubePod pod, string name)
    {
        foreach (var container in PodContainer.Of(pod))
        {
            if (container.Name == name)
                return Of(pod, container);
        }

        return Unknown with { IsFinal = pod.Phase is "Succeeded" or "Failed" };
    }

    private static ContainerState Of(KubePod pod, PodContainer container)
    {
        var status = container.StatusIn(pod);
        var state = status["state"u8];
        var last = status["lastState"u8]["terminated"u8];
        var over = pod.Phase is "Succeeded" or "Failed";
        var known = new ContainerState { Restarts = status["restartCount"u8].AsInt32(), IsFinal = over };
        if (state["running"u8] is { IsObject: true } running)
        {
            return known with
            {
                Phase = ContainerPhase.Running,
                InstanceId = status["containerID"u8].AsText(),
                PreviousId = last["containerID"u8].AsText(),
                StartedAt = running["startedAt"u8].AsTime(),
                IsFinal = false,
            };
        }

        if (state["terminated"u8] is { IsObject: true } terminated)
        {
            var id = terminated["containerID"u8].AsText();
            return known with
            {
                Phase = ContainerPhase.Terminated,
                InstanceId = id ?? last["containerID"u8].AsText(),
                PreviousId = id is null ? null : last["containerID"u8].AsText(),
                StartedAt = terminated["startedAt"u8].AsTime(),
                Reason = terminated["reason"u8].AsText(),
                IsFinal = over || !container.StartsAgain(pod, terminated["exitCode"u8].AsInt32()),
            };
        }

        // A container that waits to be started again is served from the instance that ended.
        return known with
        {
            InstanceId = last["containerID"u8].AsText(),
            StartedAt = last["startedAt"u8].AsTime(),
            Reason = state["waiting"u8]["reason"u8].AsText(),
        };
    }
}
