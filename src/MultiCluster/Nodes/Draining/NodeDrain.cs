using System.Collections.Concurrent;
using System.Threading.Channels;
using MultiCluster.Api.Lists;
using MultiCluster.Api.Watches;
using MultiCluster.Api.Writes;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Nodes.Planning;
using MultiCluster.Objects;

namespace MultiCluster.Nodes.Draining;

/// <summary>
/// Drains one node: does what its <see cref="NodeDrainMachine"/> says, and tells it what came of it. The pods that leave are seen by one
/// list-watch, and so are the node's own changes; nothing is polled.
/// </summary>
/// <param name="connection">The cluster.</param>
/// <param name="plan">The node's plan.</param>
/// <param name="options">What was asked for.</param>
/// <param name="evictor">Gives what asks pods to go; asked anew each time, since a login may be renewed meanwhile.</param>
/// <param name="call">What the call brings along.</param>
/// <param name="job">Where others see how it goes, and stop it.</param>
/// <param name="readyBefore">What the nodes of the call know of their pods' owners (<see cref="Replacements"/>).</param>
/// <param name="tell">Takes what happens.</param>
internal sealed class NodeDrain(
    ClusterConnection connection, KubeDrainPlan plan, DrainOptions options, Func<PodEvictor> evictor, CallContext call, KubeDrain job, ConcurrentDictionary<string, int> readyBefore, Func<IReadOnlyList<KubeDrainEvent>, CancellationToken, ValueTask> tell)
{
    /// <summary>Pods of one node that are being asked at once; the cluster's own limits stand above it.</summary>
    private const int AskedAtOnce = 8;

    /// <summary>How long a drain that has ended may take to find out how its node is, or to make it schedulable again.</summary>
    private static readonly TimeSpan LastBound = TimeSpan.FromSeconds(10);

    /// <summary>How long a drain that is stopped waits for the answer to its cordon, when that is under way.</summary>
    private static readonly TimeSpan AnswerBound = TimeSpan.FromSeconds(2);

    private readonly NodeDrainMachine _machine = new(plan, options, connection.Time, connection.Random);
    private readonly Channel<Action<NodeDrainMachine>> _inbox = Channel.CreateUnbounded<Action<NodeDrainMachine>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Replacements _replacements = new(connection, call, readyBefore);
    private readonly List<Task> _work = [];
    private readonly DateTimeOffset _started = connection.Time.GetUtcNow();
    private Task<bool>? _arrival;
    private int _asking;
    private bool _awaitsReplacement;
    private bool _cordonUnknown;

    /// <summary>Drains it. Whatever happens, there is a result; no request that makes a pod go is sent after it.</summary>
    public async Task<KubeDrainResult> RunAsync()
    {
        using var limit = options.NodeTimeout > TimeSpan.Zero ? new CancellationTokenSource(options.NodeTimeout, connection.Time) : new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, job.Stopped);
        try
        {
            await CordonAsync(stop.Token).ConfigureAwait(false);
            await FollowAsync(stop.Token).ConfigureAwait(false);
            while (!_machine.IsOver)
                await StepAsync(stop.Token).ConfigureAwait(false);
        }
        catch (Exception) when (job.Stopped.IsCancellationRequested)
        {
            _machine.Cancel(job.StopReason);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            _machine.Expire();
        }
        catch (Exception e)
        {
            Fail(e);
        }

        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_work).ConfigureAwait(false);
        await FindCordonAsync().ConfigureAwait(false);
        await UncordonAsync().ConfigureAwait(false);
        await TellAsync(job.Stopped).ConfigureAwait(false);
        return DrainWords.ResultOf(_machine, plan, options, _started, connection.Time);
    }

    private async Task CordonAsync(CancellationToken cancellationToken)
    {
        _machine.Begin();
        Show();
        using var ended = new CancellationTokenSource();
        var cordoning = new NodeCordon(connection).SetAsync(plan.Node, plan.Subject.Uid, unschedulable: true, options.DryRun, call, cancellationToken, ended.Token);
        try
        {
            _machine.Cordoned((await cordoning.WaitAsync(cancellationToken).ConfigureAwait(false)).Changed);
        }
        catch (OperationCanceledException)
        {
            _cordonUnknown = !options.DryRun; // the request may have done it all the same

            // Who asks before the server is done with it is told how the node was.
            await Task.WhenAny(cordoning, Task.Delay(AnswerBound, connection.Time, CancellationToken.None)).ConfigureAwait(false);
            await ended.CancelAsync().ConfigureAwait(false);
            await ((Task)cordoning).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <summary>Finds out how the node is, when the drain was ended in the middle of cordoning it.</summary>
    private async Task FindCordonAsync()
    {
        if (!_cordonUnknown)
            return;
        using var bound = new CancellationTokenSource(LastBound, connection.Time);
        bool? unschedulable = null;
        try
        {
            using var use = connection.Use();
            unschedulable = (await connection.Session.Objects.GetAsync(NodeKinds.Node, null, plan.Node, metadataOnly: false, call, bound.Token).ConfigureAwait(false) as KubeNode)?.Unschedulable;
        }
        catch (Exception e) when (e is FaultException or OperationCanceledException or ObjectDisposedException)
        {
            // The result says that it is not known.
        }

        _machine.CordonFound(unschedulable);
    }

    /// <summary>Begins to follow the node and its pods; a dry run takes the plan for them.</summary>
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (options.DryRun)
        {
            foreach (var pod in plan.Pods)
                _machine.Seen(pod, null);
            _machine.Listed();
            return;
        }

        await TellAsync(cancellationToken).ConfigureAwait(false);
        var pods = new ListQuery { FieldSelector = DrainInventory.OnNode(plan.Node) };
        var node = new ListQuery { Name = plan.Node };
        Start(() => FollowAsync(NodeKinds.Node, node, TakeNodeAsync, cancellationToken), cancellationToken);
        Start(() => FollowAsync(NodeKinds.Pod, pods, output => TakePodAsync(output, cancellationToken), cancellationToken), cancellationToken);
    }

    private async Task FollowAsync(ResourceKind kind, ListQuery query, Func<WatchOutput, ValueTask> take, CancellationToken cancellationToken) =>
        throw new FaultException(await FollowedObjects.FollowAsync(connection, kind, query, call, take, cancellationToken).ConfigureAwait(false));

    /// <summary>Begins a part of the drain's work; what goes wrong with it is the drain's failure.</summary>
    private void Start(Func<Task> work, CancellationToken cancellationToken)
    {
        _work.RemoveAll(static done => done.IsCompleted);
        _work.Add(GuardAsync());

        async Task GuardAsync()
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (Exception e)
            {
                if (!cancellationToken.IsCancellationRequested) // else the drain is ending, and knows why
                    Post(_ => Fail(e));
            }
        }
    }

    private void Fail(Exception exception)
    {
        var fault = (exception as FaultException)?.Fault ?? new Fault
        {
            Phase = FaultPhase.Decode,
            Cluster = connection.Identity,
            Operation = $"drain node {plan.Node}",
            Detail = $"{exception.GetType().Name}: {exception.Message.TrimEnd('.')}",
            Advice = "This is a defect of the module. Please report it with the output of Get-Error.",
            Cause = exception,
        };
        _machine.Fail(fault.Message, fault);
    }

    private ValueTask TakeNodeAsync(WatchOutput output)
    {
        if (output is WatchChange { Type: WatchEventType.Deleted })
            Post(static machine => machine.NodeLeft());
        else if (output is WatchChange { Object: KubeNode node })
            Post(machine => machine.NodeSeen(node.Uid, node.Unschedulable));
        else if (output is WatchTrouble trouble)
            Post(machine => machine.Trouble(trouble.Fault));
        return ValueTask.CompletedTask;
    }

    private async ValueTask TakePodAsync(WatchOutput output, CancellationToken cancellationToken)
    {
        switch (output)
        {
            case WatchChange { Type: WatchEventType.Deleted, Object: KubePod gone }:
                Post(machine => machine.Left(gone.Uid ?? gone.Name));
                break;
            case WatchChange { Object: KubePod seen }:
                var pod = new PodFacts(seen, plan.Node);
                await plan.Inventory.LookUpAsync(pod, connection, call, cancellationToken).ConfigureAwait(false);
                if (options.WaitForReplacement)
                    await _replacements.NoteAsync(pod, cancellationToken).ConfigureAwait(false);
                var part = PodNow(pod);
                Post(machine => machine.Seen(part, pod.Deletion));
                break;
            case WatchSignal { Type: WatchNoticeType.Connected }:
                Post(static machine => machine.Listed());
                break;
            case WatchTrouble { Fault: var fault }:
                Post(machine => machine.Trouble(fault));
                break;
        }
    }

    /// <summary>What is decided about a pod now. Budgets are not asked here: the server knows them as they are, and says so.</summary>
    private KubeDrainPod PodNow(PodFacts pod) => plan.Inventory.Judge(options, connection.Time.GetUtcNow()).Judge(pod).Pod;

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        while (_inbox.Reader.TryRead(out var told))
            told(_machine);
        _machine.Waited();
        while (_asking < AskedAtOnce && !_machine.IsOver && _machine.NextDue() is { } pod)
        {
            _asking++;
            Start(() => AskAsync(pod, cancellationToken), cancellationToken);
        }

        if (_machine.AwaitsReplacement && !_awaitsReplacement)
        {
            _awaitsReplacement = true;
            Start(() => AwaitReplacementAsync(cancellationToken), cancellationToken);
        }

        await TellAsync(cancellationToken).ConfigureAwait(false);
        if (!_machine.IsOver)
            await WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until something is told, or a pod is due.</summary>
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        _arrival ??= _inbox.Reader.WaitToReadAsync(cancellationToken).AsTask();
        var delay = _machine.NextTime - connection.Time.GetUtcNow();
        if (delay <= TimeSpan.Zero && _asking < AskedAtOnce)
            return;
        try
        {
            await (delay is { } until && until > TimeSpan.Zero ? _arrival.WaitAsync(until, connection.Time, cancellationToken) : _arrival).ConfigureAwait(false);
            _arrival = null;
        }
        catch (TimeoutException)
        {
            // A pod is due.
        }
    }

    private async Task AskAsync(KubeDrainPod pod, CancellationToken cancellationToken)
    {
        using var use = connection.Use();
        EvictionAnswer answer;
        try
        {
            answer = await evictor().EvictAsync(pod.Namespace, pod.Name, pod.Uid, call, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e)
        {
            answer = EvictionAnswer.Of(e.Fault);
        }

        Post(machine =>
        {
            _asking--;
            machine.Answered(pod, answer);
        });
    }

    private async Task AwaitReplacementAsync(CancellationToken cancellationToken)
    {
        await _replacements.WaitAsync(cancellationToken).ConfigureAwait(false);
        Post(static machine => machine.Replaced());
    }

    /// <summary>Makes a node schedulable again that the drain has cordoned, where that is wanted and the drain has not come to its end.</summary>
    private async Task UncordonAsync()
    {
        if (!options.UncordonOnFailure || !_machine.HasCordoned || _machine.State == DrainState.Drained)
            return;
        using var bound = new CancellationTokenSource(LastBound, connection.Time);
        try
        {
            await new NodeCordon(connection).SetAsync(plan.Node, plan.Subject.Uid, unschedulable: false, dryRun: false, call, bound.Token).ConfigureAwait(false);
            _machine.Uncordoned();
        }
        catch (Exception e) when (e is FaultException or OperationCanceledException or ObjectDisposedException)
        {
            // The result says that it is left cordoned.
        }
    }

    private void Post(Action<NodeDrainMachine> told) => _inbox.Writer.TryWrite(told);

    private void Show() => job.Update(
        _machine.State,
        _machine.Pods.Count(static pod => pod.Stage == PodStage.Gone),
        _machine.Pods.Count(static pod => pod.Plan.Goes),
        _machine.AwaitsReplacement ? "replacements" : _machine.Pods.FirstOrDefault(static pod => pod.Waits is not null)?.ToString());

    private async ValueTask TellAsync(CancellationToken cancellationToken)
    {
        Show();
        var events = _machine.TakeEvents();
        if (events.Count == 0)
            return;
        try
        {
            await tell(events, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_machine.IsOver)
        {
            // Nobody listens any more; the result says it all.
        }
    }
}
