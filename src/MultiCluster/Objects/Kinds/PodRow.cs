using MultiCluster.Objects.Json;

namespace MultiCluster.Objects;

/// <summary>The columns of a pod that need its container statuses, computed once.</summary>
/// <remarks>kubectl's rules: <c>printPod</c> in kubernetes <c>pkg/printers/internalversion/printers.go</c>.</remarks>
internal sealed class PodRow
{
    private JsonSlice _initSpecs;
    private DateTimeOffset? _sidecarRestart;
    private int _sidecarRestarts;

    private PodRow()
    {
    }

    public string State { get; private set; } = "";

    public int Ready { get; private set; }

    public int Containers { get; private set; }

    public int Restarts { get; private set; }

    public DateTimeOffset? LastRestart { get; private set; }

    public static PodRow Read(JsonSlice spec, JsonSlice status, bool deleted)
    {
        var row = new PodRow { _initSpecs = spec["initContainers"u8], Containers = spec["containers"u8].Elements.Count() };
        foreach (var container in row._initSpecs.Elements)
        {
            if (IsSidecar(container))
                row.Containers++;
        }

        var phase = status["phase"u8];
        var reason = status["reason"u8];
        var conditions = status["conditions"u8];
        row.State = reason.AsText() ?? phase.AsString() ?? "";
        if (conditions.OfType("PodScheduled"u8)["reason"u8].Is("SchedulingGated"u8))
            row.State = "SchedulingGated";

        var initializing = row.ReadInitContainers(status["initContainerStatuses"u8]);
        if (!initializing || conditions.OfType("Initialized"u8)["status"u8].Is("True"u8))
            row.ReadContainers(status["containerStatuses"u8], status);

        if (deleted && reason.Is("NodeLost"u8))
            row.State = "Unknown";
        else if (deleted && !phase.Is("Succeeded"u8) && !phase.Is("Failed"u8))
            row.State = "Terminating";
        row._initSpecs = default;
        return row;
    }

    /// <summary>True while an init container has not done its part.</summary>
    private bool ReadInitContainers(JsonSlice statuses)
    {
        var position = -1;
        foreach (var container in statuses.Elements)
        {
            position++;
            var sidecar = IsSidecar(InitSpec(container["name"u8]));
            var restarts = container["restartCount"u8].AsInt32();
            var restarted = LastFinish(container);
            Restarts += restarts;
            LastRestart = Later(LastRestart, restarted);
            if (sidecar)
            {
                _sidecarRestarts += restarts;
                _sidecarRestart = Later(_sidecarRestart, restarted);
            }

            var state = container["state"u8];
            var terminated = state["terminated"u8];
            if (terminated.IsObject && terminated["exitCode"u8].AsInt32() == 0)
                continue;
            if (sidecar && container["started"u8].AsBoolean())
            {
                if (container["ready"u8].AsBoolean())
                    Ready++;
                continue;
            }

            if (terminated.IsObject)
                State = "Init:" + EndOf(terminated);
            else if (state["waiting"u8]["reason"u8].AsText() is { } waiting and not "PodInitializing")
                State = "Init:" + waiting;
            else
                State = $"Init:{position}/{_initSpecs.Elements.Count()}";
            return true;
        }

        return false;
    }

    private void ReadContainers(JsonSlice statuses, JsonSlice status)
    {
        Restarts = _sidecarRestarts;
        LastRestart = _sidecarRestart;
        string? first = null;
        string? failure = null;
        var running = false;
        foreach (var container in statuses.Elements)
        {
            Restarts += container["restartCount"u8].AsInt32();
            LastRestart = Later(LastRestart, LastFinish(container));
            var state = container["state"u8];
            var terminated = state["terminated"u8];
            if (state["waiting"u8]["reason"u8].AsText() is { } waiting)
            {
                first ??= waiting;
            }
            else if (terminated.IsObject)
            {
                var end = EndOf(terminated);
                first ??= end;
                if (terminated["exitCode"u8].AsInt32() != 0)
                    failure ??= end;
            }
            else if (container["ready"u8].AsBoolean() && state["running"u8].IsObject)
            {
                running = true;
                Ready++;
            }
        }

        State = first ?? State;
        if (State != "Completed")
            return;
        if (running && status.HasCondition("Ready"u8))
            State = "Running";
        else if (failure is not null)
            State = failure;
        else if (running)
            State = "NotReady";
    }

    private JsonSlice InitSpec(JsonSlice name)
    {
        foreach (var container in _initSpecs.Elements)
        {
            if (container["name"u8].Raw.SequenceEqual(name.Raw))
                return container;
        }

        return default;
    }

    private static bool IsSidecar(JsonSlice container) => container["restartPolicy"u8].Is("Always"u8);

    private static DateTimeOffset? LastFinish(JsonSlice container) => container["lastState"u8]["terminated"u8]["finishedAt"u8].AsTime();

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    private static string EndOf(JsonSlice terminated)
    {
        if (terminated["reason"u8].AsText() is { } reason)
            return reason;
        var signal = terminated["signal"u8].AsInt32();
        return signal != 0 ? $"Signal:{signal}" : $"ExitCode:{terminated["exitCode"u8].AsInt32()}";
    }
}
