using MultiCluster.Api.Lists;
using MultiCluster.Api.Writes;
using MultiCluster.Changes.Diffs;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;
using MultiCluster.Workloads;

namespace MultiCluster.Changes.Sending;

/// <summary>Changes one object of one cluster, and says what became of it.</summary>
internal sealed class ChangeSender(ClusterConnection connection, string defaultNamespace, ChangeOptions options, SameCall same, CallContext context)
{
    /// <summary>How long a write that is under way may take when the call is stopped: whether it was done is worth knowing.</summary>
    private static readonly TimeSpan LastAnswer = TimeSpan.FromSeconds(1);

    /// <summary>How long a kind that the call itself defines is looked for.</summary>
    private static readonly TimeSpan Appearance = TimeSpan.FromSeconds(15);

    /// <summary>How often a change is made again whose object others change at the same time (client-go's <c>retry.DefaultRetry</c>).</summary>
    private const int Attempts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>What is known not to be there.</summary>
    public MissingObjects Missing { get; } = new(connection, defaultNamespace, context);

    /// <summary>A result that says nothing yet.</summary>
    public KubeApplyResult Result(ObjectChange change) => Result(change, connection, options);

    /// <inheritdoc cref="Result(ObjectChange)"/>
    public static KubeApplyResult Result(ObjectChange change, ClusterConnection connection, ChangeOptions options) => new()
    {
        ClusterId = connection.Identity.ClusterId,
        ClusterName = connection.Identity.ClusterName,
        ApiVersion = change.ApiVersion,
        Kind = change.Kind,
        Namespace = change.Namespace,
        Name = change.Name,
        Source = change.Source,
        DryRun = options.DryRun,
        Outcome = ChangeOutcome.Failed,
    };

    /// <summary>Changes an object. Its failure, and that of its cluster, is a result as well.</summary>
    public async Task<KubeApplyResult> SendAsync(ObjectChange change, CancellationToken cancellationToken)
    {
        var started = connection.Time.GetTimestamp();
        var result = Result(change);
        try
        {
            using var use = connection.Use();
            result = await ChangeAsync(change, result, cancellationToken).ConfigureAwait(false);
        }
        catch (FaultException e)
        {
            result = Failed(result, e.Fault.Cluster is null ? e.Fault with { Cluster = connection.Identity } : e.Fault);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            result = result with { Outcome = ChangeOutcome.Cancelled, Message = "The call was stopped while the server was asked; whether it was changed is not known." };
        }
        catch (Exception e)
        {
            result = Failed(result, UnforeseenFault.Of(e) with { Cluster = connection.Identity });
        }

        return result with { Elapsed = connection.Time.GetElapsedTime(started) };
    }

    private static KubeApplyResult Failed(KubeApplyResult result, Fault fault)
    {
        fault = ChangeFaults.Advised(fault);
        var fields = ChangeFaults.FieldsOf(fault);
        return result with { Outcome = ChangeFaults.OutcomeOf(fault), Fault = fault, Conflicts = fields, Message = ChangeFaults.Sentence(fault, fields) };
    }

    private async Task<KubeApplyResult> ChangeAsync(ObjectChange change, KubeApplyResult result, CancellationToken cancellationToken)
    {
        if (change.Name.Length > 0)
            ResourceName.Check(change.Name);
        if (options.DryRun && (same.Defines(change.Group, change.Kind) || same.Makes(change.Namespace ?? defaultNamespace)) && await IsNotMadeYetAsync(change, cancellationToken).ConfigureAwait(false))
            return result with { Outcome = ChangeOutcome.Created, Message = "Not checked: made with the same call.", Changes = [] };

        var kind = await KindOfAsync(change, cancellationToken).ConfigureAwait(false);
        var ns = kind.Namespaced ? ResourceName.CheckNamespace(change.Namespace ?? defaultNamespace) : null;
        result = result with { Namespace = ns };
        (Fault? Fault, string? Version) refused = default;
        for (var attempt = 1; ; attempt++)
        {
            var before = change.ReadsBefore ? await BeforeAsync(change, kind, ns, cancellationToken).ConfigureAwait(false) : null;
            if (refused.Fault is { HttpStatus: 422 } && before?.ResourceVersion == refused.Version)
                throw new FaultException(refused.Fault); // the patch is not what the object takes, and nobody has changed that
            if (change.Uid is not null && before is not null && before.Uid != change.Uid)
                throw new FaultException(WriteFaults.Replaced(kind, change.Name) with { Operation = ObjectOperation.Of(change.Action.ToLowerInvariant(), kind, ns, change.Name) });
            if (change.Check is not null && before is not null)
                await change.Check(connection, before, context, cancellationToken).ConfigureAwait(false);
            if (change.Write(before) is not { } write)
                return result with { Outcome = ChangeOutcome.Unchanged, Uid = before?.Uid, Object = before };
            try
            {
                return Done(change, result, before, await WriteAsync(change, kind, ns, write with { DryRun = options.DryRun }, cancellationToken).ConfigureAwait(false));
            }
            catch (FaultException e) when (change.IsRemade && attempt < Attempts && ChangeFaults.IsOutdated(e.Fault, write))
            {
                // Others change the object at the same time: the change is made of what it is now.
                refused = (e.Fault, before?.ResourceVersion);
            }
            catch (FaultException e) when (e.Fault.Phase == FaultPhase.KindNotFound && write.Subresource is { } part)
            {
                throw new FaultException(e.Fault with { Phase = FaultPhase.Invalid, Reason = null, Detail = $"a {kind.Kind} has no {part}", Advice = "Name another kind." });
            }
            catch (FaultException e) when (change.Original is { } original && WriteFaults.IsStale(e.Fault))
            {
                return await ChangedMeanwhileAsync(change, kind, result, original, e.Fault, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The object is another than it was when the change was begun: the result says which fields others have changed.</summary>
    private async Task<KubeApplyResult> ChangedMeanwhileAsync(
        ObjectChange change, ResourceKind kind, KubeApplyResult result, KubeObject original, Fault fault, CancellationToken cancellationToken)
    {
        var now = await BeforeAsync(change with { MayBeMissing = false }, kind, result.Namespace, cancellationToken).ConfigureAwait(false);
        var meanwhile = ObjectDiff.Of(original, now!, default);
        return Failed(result, fault) with
        {
            Object = now,
            Conflicts = [.. meanwhile.Select(static field => new KubeFieldConflict { Field = field.Path, Message = $"changed meanwhile: {field}" })],
            Message = meanwhile.Count == 0 ? "It was written meanwhile, and no field of it changed." : $"Changed meanwhile: {Summary(meanwhile)}",
        };
    }

    private KubeApplyResult Done(ObjectChange change, KubeApplyResult result, KubeObject? before, WriteAnswer answer)
    {
        var now = answer.Object;
        var created = answer.Created;
        result = result with
        {
            Name = change.Name.Length > 0 ? change.Name : now.Name,
            Object = now,
            Warnings = answer.Warnings,
            DeadlinePassed = DeadlinePassed(change, before, now),
        };
        if (created)
            return result with { Outcome = ChangeOutcome.Created, Uid = options.DryRun ? null : now.Uid, Asked = () => Changes(change, null, now) };
        var changes = before is null && change.Describe is null ? [] : Changes(change, before, now);
        return result with
        {
            Outcome = before is not null && changes.Count == 0 ? ChangeOutcome.Unchanged : ChangeOutcome.Configured,
            Uid = before?.Uid ?? now.Uid,
            Changes = changes,
            Message = changes.Count > 0 ? Summary(changes) : before is null && change.ReadsBefore ? "Others made it meanwhile: what was changed is not known." : null,
        };
    }

    // An answer whose controller has not looked at the change yet tells how it was before; one that is not the object tells nothing of it.
    private static DateTimeOffset? DeadlinePassed(ObjectChange change, KubeObject? before, KubeObject now) =>
        change.Describe is not null ? (before is null ? null : WorkloadRollout.DeadlinePassed(before))
        : WorkloadRollout.IsObserved(now) ? null
        : WorkloadRollout.DeadlinePassed(now);

    private static IReadOnlyList<KubeFieldChange> Changes(ObjectChange change, KubeObject? before, KubeObject now) =>
        change.Describe?.Invoke(before, now) ?? ObjectDiff.Of(before, now, change.Wanted);

    private static string Summary(IReadOnlyList<KubeFieldChange> changes) => changes.Count == 1 ? $"{changes[0]}" : $"{changes[0]}, and {changes.Count - 1} more";

    private async Task<KubeObject?> BeforeAsync(ObjectChange change, ResourceKind kind, string? ns, CancellationToken cancellationToken)
    {
        var objects = connection.Session.Objects;
        if (Missing.Knows(change))
            return null;
        return change.MayBeMissing && change.Uid is null
            ? await objects.FindWholeAsync(kind, ns, change.Name, context, cancellationToken).ConfigureAwait(false)
            : await objects.GetWholeAsync(kind, ns, change.Name, context, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ResourceKind> KindOfAsync(ObjectChange change, CancellationToken cancellationToken)
    {
        var text = $"{change.ApiVersion}/{change.Kind}";
        if (!same.Defines(change.Group, change.Kind))
            return await connection.Session.Kinds.ResolveAsync(text, cancellationToken).ConfigureAwait(false);
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            if (await connection.Session.Kinds.FindAnewAsync(text, Pause, cancellationToken).ConfigureAwait(false) is { } kind)
                return kind;
            if (waited >= Appearance)
                return await connection.Session.Kinds.ResolveAsync(text, cancellationToken).ConfigureAwait(false);
            await Task.Delay(Pause, connection.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsNotMadeYetAsync(ObjectChange change, CancellationToken cancellationToken)
    {
        if (await connection.Session.Kinds.FindAnewAsync($"{change.ApiVersion}/{change.Kind}", TimeSpan.FromMinutes(1), cancellationToken).ConfigureAwait(false) is not { } kind)
            return true;
        if (!kind.Namespaced)
            return false;
        try
        {
            var namespaces = await connection.Session.Kinds.ResolveAsync("v1/Namespace", cancellationToken).ConfigureAwait(false);
            await connection.Session.Objects.GetAsync(namespaces, null, change.Namespace ?? defaultNamespace, metadataOnly: true, context, cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.NotFound)
        {
            return true;
        }
    }

    /// <summary>Sends a write. One that is under way when the call is stopped gets a moment for its answer.</summary>
    private async Task<WriteAnswer> WriteAsync(ObjectChange change, ResourceKind kind, string? ns, ObjectWrite write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var patient = new CancellationTokenSource();
        using var stopping = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).CancelAfter(LastAnswer), patient);
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                return await connection.Session.Writer.WriteAsync(kind, ns, change.Name, write, context, patient.Token).ConfigureAwait(false);
            }
            catch (FaultException e) when (e.Fault.Phase == FaultPhase.KindNotFound && same.Defines(change.Group, change.Kind) && waited < Appearance)
            {
                // The server tells of a kind a moment before it serves it.
                await Task.Delay(Pause, connection.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
