using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using k8s;
using k8s.Models;
using MultiCluster.Clusters;
using MultiCluster.Faults;

namespace MultiCluster.Typed.Models;

/// <summary>Remembers of each model which cluster it came from, and as what; as long as somebody holds the model.</summary>
internal sealed class ModelStore
{
    private readonly ConditionalWeakTable<object, ModelOrigin> _origins = [];

    /// <summary>The classes of models.</summary>
    public ModelTypes Types { get; } = new();

    /// <summary>The session's.</summary>
    public static ModelStore Of(ClusterPool pool) => pool.Attachments.Get(static () => new ModelStore());

    /// <summary>Where a model came from; null for one that somebody made.</summary>
    public ModelOrigin? Of(object model) => _origins.TryGetValue(model, out var origin) ? origin : null;

    /// <summary>A body came from a cluster: an object, or a list whose objects are each taken.</summary>
    public void Came(object body, ReadOnlyMemory<byte> json, ClusterIdentity cluster, IClientHost? host)
    {
        if (body is IMetadata<V1ObjectMeta>)
        {
            _origins.AddOrUpdate(body, new ModelOrigin(cluster, json));
            host?.Came(body, cluster);
        }
        else if (body is IKubernetesObject list && body is IMetadata<V1ListMeta> && body.GetType().GetProperty("Items")?.GetValue(body) is IList items)
        {
            var index = 0;
            foreach (var slice in Items(json))
            {
                if (index >= items.Count || items[index++] is not IKubernetesObject item)
                    return;

                // Lists leave out what their objects are.
                item.ApiVersion ??= list.ApiVersion;
                item.Kind ??= list.Kind?.EndsWith("List", StringComparison.Ordinal) == true ? list.Kind[..^4] : null;
                Came(item, slice, cluster, host);
            }
        }
    }

    private static List<ReadOnlyMemory<byte>> Items(ReadOnlyMemory<byte> json)
    {
        var items = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(json.Span);
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                continue;
            var wanted = reader.ValueTextEquals("items"u8);
            reader.Read();
            if (!wanted || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                items.Add(json[start..(int)reader.BytesConsumed]);
            }
        }

        return items;
    }
}

/// <summary>Where a model came from.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Json">The object as the server has sent it, with the fields that the model does not know.</param>
internal sealed record ModelOrigin(ClusterIdentity Cluster, ReadOnlyMemory<byte> Json);
