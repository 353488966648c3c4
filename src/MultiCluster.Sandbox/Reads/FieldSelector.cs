using System.Text.Json;
using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Reads;

/// <summary>A field selector: <c>status.phase=Running,spec.nodeName!=node-1</c>, on the fields that a server knows for the kind.</summary>
internal sealed class FieldSelector
{
    private static readonly Dictionary<string, string[]> Selectable = new(StringComparer.Ordinal)
    {
        ["pods"] =
        [
            "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork",
            "status.phase", "status.podIP", "status.nominatedNodeName",
        ],
        ["events"] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
            "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
        ],
        ["nodes"] = ["spec.unschedulable"],
        ["namespaces"] = ["status.phase"],
        ["secrets"] = ["type"],
        ["services"] = ["spec.clusterIP", "spec.type"],
        ["replicasets.apps"] = ["status.replicas"],
        ["replicationcontrollers"] = ["status.replicas"],
        ["jobs.batch"] = ["status.successful"],
    };

    private readonly List<(string Field, string Value, bool Equal)> _requirements = [];

    public static FieldSelector? Parse(string? text, ResourceKind kind)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var selector = new FieldSelector();
        foreach (var term in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var not = term.IndexOf("!=", StringComparison.Ordinal);
            var at = not >= 0 ? not : term.IndexOf('=', StringComparison.Ordinal);
            if (at < 0) throw StatusError.BadRequest($"invalid selector: '{term}'; can't understand '{term}'");
            var field = term[..at].Trim();
            if (Known(kind, field) is not { } stored) throw StatusError.BadRequest($"field label not supported: {field}");
            selector._requirements.Add((stored, term[at..].TrimStart('!', '=').Trim(), not < 0));
        }
        return selector;
    }

    public bool Matches(StoredObject item)
    {
        JsonDocument? body = null;
        try
        {
            foreach (var (field, value, equal) in _requirements)
            {
                var actual = field switch
                {
                    "metadata.name" => item.Name,
                    "metadata.namespace" => item.Namespace,
                    _ => Read((body ??= JsonDocument.Parse(item.Body)).RootElement, field),
                };
                if (actual == value != equal) return false;
            }
            return true;
        }
        finally
        {
            body?.Dispose();
        }
    }

    /// <summary>The field of the stored object that is meant; null when the server does not know it.</summary>
    private static string? Known(ResourceKind kind, string field)
    {
        if (field is "metadata.name" || (field == "metadata.namespace" && (kind.Namespaced || kind.Plural is "namespaces" or "nodes"))) return field;
        var stored = kind.StoredAs is null ? field : EventView.StoredField(field);
        return stored is not null && Selectable.TryGetValue(kind.Stored.QualifiedPlural, out var fields) && fields.Contains(stored) ? stored : null;
    }

    private static string Read(JsonElement element, string field)
    {
        // Two labels are not the path of their field.
        if (field == "source") return Value(element, "source.component") is { Length: > 0 } source ? source : Value(element, "reportingComponent") ?? "";
        return Value(element, field == "status.successful" ? "status.succeeded" : field) ?? Absent(field);
    }

    private static string? Value(JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        return element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetRawText() : element.ToString();
    }

    private static string Absent(string field) => field switch
    {
        "spec.unschedulable" or "spec.hostNetwork" => "false",
        "status.replicas" or "status.successful" => "0",
        _ => "",
    };
}
