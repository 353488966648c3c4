using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Reads;

/// <summary>Which objects of a kind a list or a watch is about: namespace, labels, fields.</summary>
internal sealed class Selection
{
    private readonly string _namespace;
    private readonly LabelSelector? _labels;
    private readonly FieldSelector? _fields;

    private Selection(string ns, LabelSelector? labels, FieldSelector? fields)
    {
        _namespace = ns;
        _labels = labels;
        _fields = fields;
    }

    /// <summary>True when selectors leave objects of the namespace out.</summary>
    public bool HasSelectors => _labels is not null || _fields is not null;

    /// <summary>The namespace; empty for all.</summary>
    public string Namespace => _namespace;

    public static Selection Of(SimulatedRequest request, ResourceKind kind)
    {
        var query = request.Context.Request.Query;
        var labels = LabelSelector.Parse(query["labelSelector"]);
        return new Selection(kind.Namespaced ? request.Info.Namespace : "", labels, FieldSelector.Parse(query["fieldSelector"], kind));
    }

    public bool Matches(StoredObject item) =>
        (_namespace.Length == 0 || item.Namespace == _namespace) && _labels?.Matches(item.Labels) != false && _fields?.Matches(item) != false;
}
