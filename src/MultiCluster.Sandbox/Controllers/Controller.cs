using System.Text.Json.Nodes;
using MultiCluster.Sandbox.Objects;
using MultiCluster.Sandbox.Writes;

namespace MultiCluster.Sandbox.Controllers;

/// <summary>Something that looks at the objects that a write concerns, and makes them as they should be.</summary>
internal abstract class Controller(ControllerContext context)
{
    protected ControllerContext Context { get; } = context;

    protected ClusterStore Store => Context.Store;

    protected DateTimeOffset Now => Store.Time.GetUtcNow();

    /// <summary>Remembers what a write makes it look at. Called under the store's lock.</summary>
    public abstract void OnWrite(StoredWrite written);

    /// <summary>Remembers everything there is to look at.</summary>
    public abstract void LookAtAll();

    protected void Enqueue(string key, Action work) => Context.Queue.Add(this, key, work);

    protected void EnqueueAfter(string key, TimeSpan wait, Action work) => Context.Queue.AddAfter(this, key, wait, work);

    /// <summary>Writes an object's status, when it differs.</summary>
    /// <exception cref="StaleObjectException">The object is not what the status was made of any more; it is to be looked at again.</exception>
    protected void WriteStatus(StoredObject item, Action<JsonObject> change) =>
        ObjectUpdate.Run(Store, item.Kind, (item.Namespace, item.Name), "status", dryRun: false, writer: null, (current, old) =>
        {
            if (current.ResourceVersion != item.ResourceVersion) throw new StaleObjectException();
            var json = old.DeepClone().AsObject();
            if (json["status"] is not JsonObject status) json["status"] = status = [];
            change(status);
            return json;
        });

    protected static bool IsDeleted(JsonNode json) => json["metadata"]!["deletionTimestamp"] is not null;
}

/// <summary>What controllers share.</summary>
internal sealed record ControllerContext(ClusterStore Store, Deletion Deletion, WorkQueue Queue, OwnerIndex Owners, PodMaker Pods);
