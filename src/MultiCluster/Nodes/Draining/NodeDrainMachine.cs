using MultiCluster.Api.Writes;
using MultiCluster.Faults;

namespace MultiCluster.Nodes.Draining;

/// <summary>
/// The drain of one node as an explicit state machine: it is told what has happened, and says what that means (<see cref="TakeEvents"/>)
/// and what is to be done next (<see cref="NextDue"/>, <see cref="AwaitsReplacement"/>). It does nothing itself and knows no socket. Not
/// safe for concurrent use.
/// </summary>
internal sealed class NodeDrainMachine(KubeDrainPlan plan, DrainOptions options, TimeProvider time, Func<double> random)
{
    private readonly Dictionary<string, DrainedPod> _pods = new(StringComparer.Ordinal);
    private List<KubeDrainEvent> _events = [];
    private bool _replaced;

    /// <summary>Where it stands.</summary>
    public DrainState State { get; private set; } = DrainState.Planned;

    /// <summary>True once it has ended, in whatever way.</summary>
    public bool IsOver => State > DrainState.Waiting;

    /// <summary>Why it ended so; null when it is drained.</summary>
    public string? Reason { get; private set; }

    /// <summary>The fault behind it.</summary>
    public Fault? Fault { get; private set; }

    /// <summary>True when the drain has cordoned the node, and nobody else has undone that.</summary>
    public bool HasCordoned { get; private set; }

    /// <summary>True when the node is cordoned, as far as is known.</summary>
    public bool IsCordoned { get; private set; } = plan.Unschedulable;

    /// <summary>True when all pods that were on the node have been seen. Before that none is asked to go.</summary>
    public bool HasListed { get; private set; }

    /// <summary>True when all pods have gone and only their replacements are missing.</summary>
    public bool AwaitsReplacement { get; private set; }

    /// <summary>The pods, as far as they are known.</summary>
    public IReadOnlyCollection<DrainedPod> Pods => _pods.Values;

    /// <summary>Those that should have gone and are still there.</summary>
    public IReadOnlyList<DrainedPod> Remaining => [.. _pods.Values.Where(static pod => pod.Stage is not (PodStage.Gone or PodStage.Stays))];

    /// <summary>When the next pod is due; null when none is.</summary>
    public DateTimeOffset? NextTime
    {
        get
        {
            if (!HasListed)
                return null;
            DateTimeOffset? next = null;
            foreach (var pod in _pods.Values)
            {
                var at = pod.Stage == PodStage.Due ? pod.DueAt : pod.Stage == PodStage.Leaving ? GivesUpAt(pod) : null;
                next = at < next || next is null ? at ?? next : next;
            }

            return next;
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();

    /// <summary>What has happened since this was last asked, in order.</summary>
    public IReadOnlyList<KubeDrainEvent> TakeEvents()
    {
        var events = _events;
        _events = [];
        return events;
    }

    /// <summary>Its turn has come.</summary>
    public void Begin() => State = DrainState.Cordoning;

    /// <summary>The node is cordoned.</summary>
    /// <param name="changed">False when it was cordoned before.</param>
    public void Cordoned(bool changed)
    {
        HasCordoned = changed && !options.DryRun;
        IsCordoned |= !options.DryRun;
        State = DrainState.Evicting;
        Tell(DrainPhase.Cordoned, null, changed ? null : "it was cordoned before");
    }

    /// <summary>The drain has ended while the node was being cordoned: how it is.</summary>
    /// <param name="unschedulable">Whether it is cordoned; null when that could not be found out.</param>
    public void CordonFound(bool? unschedulable)
    {
        IsCordoned = unschedulable ?? true;
        HasCordoned = IsCordoned && !plan.Unschedulable;
        if (unschedulable is null)
            Reason = $"{Reason} Whether the node is cordoned could not be found out.";
    }

    /// <summary>A pod is on the node.</summary>
    /// <param name="pod">What was decided about it.</param>
    /// <param name="deletion">When it should have ended, if it has been told to.</param>
    public void Seen(KubeDrainPod pod, DateTimeOffset? deletion)
    {
        if (IsOver)
            return;
        if (_pods.TryGetValue(KeyOf(pod), out var known))
        {
            known.Deletion = deletion;
            if (known.Stage == PodStage.Due && Ends(deletion))
            {
                known.Stage = PodStage.Leaving;
                known.Waits = null;
                Settle();
            }

            return;
        }

        known = new DrainedPod(pod) { DueAt = Now, Deletion = deletion, Stage = StageOf(pod, deletion) };
        _pods[KeyOf(pod)] = known;
        if (known.Stage == PodStage.Blocked)
            known.Waits = string.Join("; ", pod.Reasons);
        if (HasListed && pod.Outcome != DrainPodOutcome.Skip)
            Tell(pod.Outcome == DrainPodOutcome.Blocked ? DrainPhase.Blocked : DrainPhase.Arrived, pod, pod.Reasons.Count == 0 ? null : string.Join("; ", pod.Reasons));
        Settle();
    }

    /// <summary>All pods that were there have been seen. One that may not go, and was not there when the plan was made, ends it here.</summary>
    public void Listed()
    {
        if (HasListed || IsOver)
            return;
        HasListed = true;
        var blocked = _pods.Values.Where(static pod => pod.Stage == PodStage.Blocked).ToArray();
        if (blocked.Length > 0)
        {
            Fail($"{DrainWords.Of(blocked, "may not go")} No pod has been asked to go.", null);
            return;
        }

        Settle();
    }

    /// <summary>A pod has left the node.</summary>
    public void Left(string uid)
    {
        if (IsOver || !_pods.TryGetValue(uid, out var pod) || pod.Stage == PodStage.Gone)
            return;
        var wasGoing = pod.Plan.Goes;
        pod.Stage = PodStage.Gone;
        pod.Waits = null;
        if (wasGoing)
            Tell(DrainPhase.Gone, pod.Plan, null);
        else
            _pods.Remove(uid);
        Settle();
    }

    /// <summary>The next pod that is to be asked now; it counts as being asked. Null when there is none.</summary>
    public KubeDrainPod? NextDue()
    {
        if (!HasListed || IsOver)
            return null;
        var now = Now;
        DrainedPod? next = null;
        foreach (var pod in _pods.Values)
        {
            if (pod.Stage == PodStage.Due && pod.DueAt <= now && (next is null || pod.DueAt < next.DueAt))
                next = pod;
        }

        if (next is not null)
            next.Stage = PodStage.Asking;
        return next?.Plan;
    }

    /// <summary>A pod that was asked has been answered for.</summary>
    public void Answered(KubeDrainPod asked, EvictionAnswer answer)
    {
        if (IsOver || !_pods.TryGetValue(KeyOf(asked), out var pod) || pod.Stage != PodStage.Asking)
            return; // it left before its answer came
        switch (answer.Verdict)
        {
            case EvictionVerdict.Accepted:
                Leave(pod, asked.Outcome == DrainPodOutcome.Delete ? DrainPhase.Deleted : DrainPhase.Evicted, null);
                break;
            case EvictionVerdict.NamespaceTerminating:
                Leave(pod, DrainPhase.Evicted, "its namespace is being deleted, and takes it along");
                break;
            case EvictionVerdict.Gone:
                pod.Stage = PodStage.Gone;
                pod.Waits = null;
                Tell(DrainPhase.Gone, asked, "it was gone already");
                break;
            case EvictionVerdict.Budget:
                Again(pod, answer, DrainPhase.Waiting, answer.Sentence ?? "a budget does not let it go");
                break;
            case EvictionVerdict.Later:
                Again(pod, answer, DrainPhase.Retrying, answer.Fault?.Detail ?? "the server asks to wait");
                break;
            default:
                pod.Stage = PodStage.Failed;
                pod.Waits = answer.Sentence ?? answer.Fault?.Detail;
                Fault ??= answer.Fault;
                Tell(DrainPhase.Failed, asked, pod.Waits);
                break;
        }

        Settle();
    }

    /// <summary>Time has passed: pods that have been ending for too long are not waited for any more.</summary>
    public void Waited()
    {
        foreach (var pod in _pods.Values)
        {
            if (pod.Stage == PodStage.Leaving && GivesUpAt(pod) <= Now)
                pod.Stage = PodStage.Stays;
        }

        Settle();
    }

    /// <summary>The node as it is.</summary>
    public void NodeSeen(string? uid, bool unschedulable)
    {
        if (IsOver || State < DrainState.Evicting)
            return;
        if (uid != plan.Subject.Uid)
        {
            HasCordoned = IsCordoned = false;
            Fail("The node was replaced by another of its name.", null);
        }
        else if (!unschedulable)
        {
            HasCordoned = IsCordoned = false;
            Fail("Somebody else made the node schedulable again.", null);
        }
    }

    /// <summary>The node is gone.</summary>
    public void NodeLeft()
    {
        if (IsOver)
            return;
        HasCordoned = IsCordoned = false;
        Fail("The node was deleted by somebody else.", null);
    }

    /// <summary>What owned the pods has its replacements.</summary>
    public void Replaced()
    {
        _replaced = true;
        Settle();
    }

    /// <summary>Something failed that will not pass.</summary>
    public void Fail(string reason, Fault? fault) => End(DrainState.Failed, reason, fault);

    /// <summary>A part of it failed, and is tried again by itself.</summary>
    public void Trouble(Fault fault) => Tell(DrainPhase.Retrying, null, fault.Detail);

    /// <summary>It is stopped.</summary>
    public void Cancel(string reason) => End(DrainState.Cancelled, reason, null);

    /// <summary>It has taken longer than it may.</summary>
    public void Expire() => End(
        DrainState.TimedOut,
        $"The time of {new Objects.KubeAge(options.NodeTimeout)} is over (-NodeTimeoutSec). {(AwaitsReplacement ? "All pods have gone, and their replacements are not ready." : DrainWords.Of(Remaining, "left"))}".TrimEnd(),
        null);

    /// <summary>The node is schedulable again, by the drain itself.</summary>
    public void Uncordoned()
    {
        HasCordoned = IsCordoned = false;
        Tell(DrainPhase.Uncordoned, null, null);
    }

    private static string KeyOf(KubeDrainPod pod) => pod.Uid ?? pod.ToString();

    private PodStage StageOf(KubeDrainPod pod, DateTimeOffset? deletion) => pod.Outcome switch
    {
        DrainPodOutcome.Skip => PodStage.Stays,
        DrainPodOutcome.Blocked => PodStage.Blocked,
        _ => Ends(deletion) ? PodStage.Leaving : PodStage.Due,
    };

    /// <summary>A pod that is ending need not be asked, unless it is to end sooner.</summary>
    private bool Ends(DateTimeOffset? deletion) => deletion is not null && options.Grace is null && !options.DryRun;

    private DateTimeOffset? GivesUpAt(DrainedPod pod) =>
        options.SkipWaitForDelete is { } limit && limit > TimeSpan.Zero && pod.Deletion is { } deletion ? deletion + limit : null;

    private void Leave(DrainedPod pod, DrainPhase phase, string? reason)
    {
        pod.Stage = options.DryRun ? PodStage.Gone : PodStage.Leaving;
        pod.Waits = null;
        Tell(phase, pod.Plan, reason);
    }

    private void Again(DrainedPod pod, EvictionAnswer answer, DrainPhase phase, string why)
    {
        pod.Stage = PodStage.Due;
        pod.DueAt = Now + DrainRetry.After(answer.RetryAfter, random);
        if (pod.Waits == why)
            return; // that has been said
        pod.Waits = why;
        Tell(phase, pod.Plan, why, answer.Budget);
    }

    /// <summary>Finds out where the pods leave it.</summary>
    private void Settle()
    {
        if (!HasListed || IsOver)
            return;
        var leaving = false;
        var lost = false;
        foreach (var pod in _pods.Values)
        {
            if (pod.Stage is PodStage.Due or PodStage.Asking)
            {
                State = DrainState.Evicting;
                AwaitsReplacement = false;
                return;
            }

            leaving |= pod.Stage == PodStage.Leaving;
            lost |= pod.Stage is PodStage.Failed or PodStage.Blocked;
        }

        State = DrainState.Waiting;
        if (leaving)
            return;
        if (lost)
        {
            Fail(DrainWords.Of(Remaining, "cannot go"), Fault);
        }
        else if (options is { WaitForReplacement: true, DryRun: false } && !_replaced)
        {
            if (!AwaitsReplacement)
                Tell(DrainPhase.Replacing, null, null);
            AwaitsReplacement = true;
        }
        else
        {
            State = DrainState.Drained;
        }
    }

    private void End(DrainState state, string reason, Fault? fault)
    {
        if (IsOver)
            return;
        State = state;
        Reason = reason;
        Fault = fault ?? Fault;
    }

    private void Tell(DrainPhase phase, KubeDrainPod? pod, string? reason, string? budget = null) => _events.Add(new KubeDrainEvent
    {
        ClusterId = plan.ClusterId,
        ClusterName = plan.ClusterName,
        Node = plan.Node,
        Phase = phase,
        Timestamp = time.GetLocalNow().DateTime,
        Namespace = pod?.Namespace,
        Pod = pod?.Name,
        Budget = budget,
        Reason = reason,
    });
}
