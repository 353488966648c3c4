using System.Text.Json.Nodes;
using MultiCluster.Api.Lists;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Api.Writes;

/// <summary>Changes and deletes one cluster's objects.</summary>
internal sealed class ObjectWriter(ApiClient client, ObjectLister objects, ClusterIdentity cluster, TimeProvider time)
{
    /// <summary>How the server's records of managed fields call what is written here.</summary>
    public const string FieldManager = "multicluster-powershell";

    /// <summary>An object beyond etcd's own limit (1.5 MiB) by far.</summary>
    private const int Largest = 64 * 1024 * 1024;

    /// <summary>How often a change is tried whose object others change at the same time (client-go's <c>retry.DefaultRetry</c>).</summary>
    private const int Attempts = 5;

    /// <summary>Asks for an object's deletion. That it is gone already is no fault.</summary>
    /// <exception cref="FaultException">The server refuses, or cannot be reached.</exception>
    public async Task<DeleteOutcome> DeleteAsync(
        ResourceKind kind, string? ns, string name, DeleteQuery query, CallContext call, CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Delete, Path(kind, ns, name) + (query.DryRun ? "?dryRun=All" : ""), ObjectOperation.Of("delete", kind, ns, name), call) with
        {
            Body = DeleteBody.Of(query),
            Idempotent = true, // a second one finds nothing, or with a precondition another object
        };
        try
        {
            return OutcomeOf((await client.ReadAsync(request, call.Timeouts, Largest, cancellationToken).ConfigureAwait(false)).Body);
        }
        catch (FaultException e) when (WriteFaults.IsGone(e.Fault))
        {
            return DeleteOutcome.WasGone;
        }
    }

    /// <summary>Changes an object by a merge patch, and returns it as it is then.</summary>
    /// <exception cref="FaultException">It is not there, a precondition does not hold (<see cref="WriteFaults"/>), the server refuses, or cannot be reached.</exception>
    public async Task<KubeObject> MergePatchAsync(
        ResourceKind kind, string? ns, string name, PatchQuery query, CallContext call, CancellationToken cancellationToken) =>
        (await WriteAsync(kind, ns, name, new ObjectWrite(WriteMethod.MergePatch, query.Body()) { DryRun = query.DryRun }, call, cancellationToken).ConfigureAwait(false)).Object;

    /// <summary>Writes an object, or a part of it, and returns what the server answers: the object as it is then, or as it would be.</summary>
    /// <exception cref="FaultException">A precondition does not hold (<see cref="WriteFaults"/>), the server refuses, or cannot be reached.</exception>
    public async Task<WriteAnswer> WriteAsync(
        ResourceKind kind, string? ns, string name, ObjectWrite write, CallContext call, CancellationToken cancellationToken)
    {
        var request = Request(write.Verb, write.PathOf(kind, ns, name), ObjectOperation.Of(write.Word, kind, ns, name), call) with
        {
            Body = write.Body,
            ContentType = write.ContentType,
            Idempotent = write.IsIdempotent,
        };
        var response = await client.SendAsync(request, call.Timeouts, cancellationToken).ConfigureAwait(false);
        await using var _ = response.ConfigureAwait(false);
        try
        {
            var answer = new ListAnswer(cluster, kind, metadataOnly: false, time);
            return new(await answer.WholeAsync(response.Body, cancellationToken).ConfigureAwait(false), response.Status == 201, response.Warnings);
        }
        catch (FaultException e) when (e.Fault.Operation is null)
        {
            throw new FaultException(e.Fault with { Operation = request.Operation, Cluster = cluster });
        }
    }

    /// <summary>
    /// Changes an object from what it is: <paramref name="change"/> gives the patch for the object as it was read, or null when nothing is
    /// left to do. Who changed it meanwhile is not overwritten: it is read again, and the change made from there.
    /// </summary>
    /// <param name="current">The object as it was read.</param>
    /// <param name="change">The patch, whose preconditions are filled in here.</param>
    /// <param name="dryRun">True to change nothing.</param>
    /// <param name="call">What the call brings along.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The object as it is now, and whether it was written.</returns>
    /// <exception cref="FaultException">It is gone or replaced (NotFound), is changed all the time (Conflict), or the server fails.</exception>
    public async Task<(KubeObject Object, bool Written)> ChangeAsync(
        KubeObject current, Func<KubeObject, JsonObject?> change, bool dryRun, CallContext call, CancellationToken cancellationToken)
    {
        var kind = current.Source.Kind;
        var uid = current.Uid;
        for (var attempt = 1; ; attempt++)
        {
            if (change(current) is not { } patch)
                return (current, false);
            try
            {
                var query = new PatchQuery(patch) { Uid = uid, ResourceVersion = current.ResourceVersion, DryRun = dryRun };
                return (await MergePatchAsync(kind, current.Namespace, current.Name, query, call, cancellationToken).ConfigureAwait(false), true);
            }
            catch (FaultException e) when (attempt < Attempts && WriteFaults.IsStale(e.Fault))
            {
                current = await objects.GetAsync(kind, current.Namespace, current.Name, current.Source.MetadataOnly, call, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e) when (WriteFaults.IsGone(e.Fault) && e.Fault.HttpStatus != 404)
            {
                throw Replaced(kind, current);
            }

            if (current.Uid != uid)
                throw Replaced(kind, current);
        }
    }

    /// <summary>Takes finalizers from an object, so that its deletion can end.</summary>
    /// <param name="current">The object as it was read.</param>
    /// <param name="finalizers">Which; null for all.</param>
    /// <param name="dryRun">True to change nothing.</param>
    /// <param name="call">What the call brings along.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The object as it is now, and false when it had none of them.</returns>
    /// <exception cref="FaultException">As <see cref="ChangeAsync"/>.</exception>
    public Task<(KubeObject Object, bool Written)> RemoveFinalizersAsync(
        KubeObject current, IReadOnlyCollection<string>? finalizers, bool dryRun, CallContext call, CancellationToken cancellationToken) =>
        ChangeAsync(
            current,
            item =>
            {
                var there = item.MetadataJson["finalizers"u8].AsTexts();
                var left = finalizers is null ? [] : there.Except(finalizers, StringComparer.Ordinal).ToArray();
                return left.Length == there.Count ? null : new JsonObject
                {
                    ["metadata"] = new JsonObject { ["finalizers"] = left.Length == 0 ? null : new JsonArray([.. left.Select(static name => JsonValue.Create(name))]) },
                };
            },
            dryRun,
            call,
            cancellationToken);

    private static string Path(ResourceKind kind, string? ns, string name) => $"{kind.Path(ns)}/{Uri.EscapeDataString(name)}";

    private static ApiRequest Request(HttpMethod method, string path, string operation, CallContext call) =>
        new(method, path) { Kind = RequestKind.Write, Operation = operation, Observer = call.Observer };

    /// <summary>A Status says that the object is gone; else it is the object, which may be waiting for its grace period or finalizers.</summary>
    private static DeleteOutcome OutcomeOf(byte[] body)
    {
        var answer = JsonSlice.Parse(System.Text.Encoding.UTF8.GetString(body));
        var metadata = answer["metadata"u8];
        var waits = metadata["deletionTimestamp"u8].Exists
            && (metadata["deletionGracePeriodSeconds"u8].AsInt32() > 0 || metadata["finalizers"u8].Count() > 0);
        return !answer["kind"u8].Is("Status"u8) && waits ? DeleteOutcome.Terminating : DeleteOutcome.Gone;
    }

    private FaultException Replaced(ResourceKind kind, KubeObject item) =>
        new(WriteFaults.Replaced(kind, item.Name) with { Operation = ObjectOperation.Of("change", kind, item.Namespace, item.Name), Cluster = cluster });
}
