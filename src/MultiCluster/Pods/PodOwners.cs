using System.Collections.Concurrent;
using MultiCluster.Api.Discovery;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Objects;

namespace MultiCluster.Pods;

/// <summary>
/// Which pods a workload owns, by the owner references: its own, and through ReplicaSets those of a Deployment, through Jobs those of a
/// CronJob. What stands between is looked up once.
/// </summary>
internal sealed class PodOwners(ClusterConnection connection, CallContext context)
{
    private readonly ConcurrentDictionary<string, string?> _controllers = new(StringComparer.Ordinal);

    /// <summary>True when <paramref name="owner"/> controls <paramref name="pod"/>.</summary>
    /// <exception cref="FaultException">What stands between cannot be read.</exception>
    public async ValueTask<bool> OwnsAsync(KubeObject owner, KubePod pod, CancellationToken cancellationToken)
    {
        var (kind, name, uid) = ControllerOf(pod);
        if (uid is null || uid == owner.Uid)
            return uid is not null;
        var between = owner.Kind switch
        {
            "Deployment" => "ReplicaSet",
            "CronJob" => "Job",
            _ => null,
        };
        if (kind is null || kind != between)
            return false;
        if (!_controllers.TryGetValue(uid, out var controller))
            _controllers[uid] = controller = await LookUpAsync(owner, kind, pod.Namespace!, name!, uid, cancellationToken).ConfigureAwait(false);
        return controller == owner.Uid;
    }

    private async Task<string?> LookUpAsync(KubeObject owner, string kind, string ns, string name, string uid, CancellationToken cancellationToken)
    {
        try
        {
            using var link = connection.EnterWatch();
            var known = BuiltInKinds.All.First(one => one.Kind == kind);
            var between = await link.Objects.GetAsync(known, ns, name, metadataOnly: true, context, cancellationToken).ConfigureAwait(false);
            return between.Uid == uid ? ControllerOf(between).Uid : null;
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.NotFound)
        {
            return null;
        }
        catch (FaultException e) when (e.Fault.Phase == FaultPhase.Forbidden && owner.Kind == "Deployment")
        {
            // kubectl goes by the selector alone.
            context.Say?.Invoke($"ReplicaSets of namespace {ns} may not be read: pods are {owner}'s by their labels.");
            return owner.Uid;
        }
    }

    private static (string? Kind, string? Name, string? Uid) ControllerOf(KubeObject item)
    {
        foreach (var owner in item.OwnersJson.Elements)
        {
            if (owner["controller"u8].AsBoolean())
                return (owner["kind"u8].AsString(), owner["name"u8].AsString(), owner["uid"u8].AsString());
        }

        return default;
    }
}
