using MultiCluster.Faults;
using MultiCluster.Inventory;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Attention.Rules;

/// <summary>Ingresses that lead to a Service, or a port of one, that is not there.</summary>
internal sealed class IngressBackendRule() : AttentionRule("IngressBackend", "an Ingress leads to a Service that is not there")
{
    private readonly List<(FindingSubject Ingress, HashSet<(string Service, string Port)> Backends)> _ingresses = [];
    private readonly Dictionary<(string?, string), HashSet<string>?> _services = [];

    public override IReadOnlyList<InventoryKind> Kinds => [new("services"), new("ingresses.networking.k8s.io")];

    public override void Look(KubeObject item, AttentionScan scan)
    {
        switch (item)
        {
            case KubeService service:
                // What is known elsewhere by a name only has no ports of its own to be wrong.
                _services[(service.Namespace, service.Name)] = service.SpecJson["type"u8].Is("ExternalName"u8) ? null : PortsOf(service.SpecJson["ports"u8]);
                break;
            case KubeIngress { IsDeleted: false } ingress:
                _ingresses.Add((FindingSubject.Of(ingress), BackendsOf(ingress.SpecJson)));
                break;
        }
    }

    public override void Conclude(AttentionScan scan)
    {
        if (!scan.HasSeen("services"))
            return;
        foreach (var (ingress, backends) in _ingresses)
        {
            var missing = backends.Select(backend => Missing(ingress.Namespace, backend)).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
            if (missing.Count > 0)
                scan.Add(this, FindingSeverity.Error, ingress, null, $"Leads to what is not there: {NameList.Of(missing)}.");
        }
    }

    private string? Missing(string? ns, (string Service, string Port) backend) =>
        !_services.TryGetValue((ns, backend.Service), out var ports) ? $"Service {backend.Service}"
        : ports is null || backend.Port.Length == 0 || ports.Contains(backend.Port) ? null
        : $"port {backend.Port} of Service {backend.Service}";

    private static HashSet<string> PortsOf(JsonSlice ports)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var port in ports.Elements)
        {
            known.Add(port["port"u8].AsString() ?? "");
            known.Add(port["name"u8].AsText() ?? "");
        }

        return known;
    }

    private static HashSet<(string Service, string Port)> BackendsOf(JsonSlice spec)
    {
        var backends = new HashSet<(string, string)>();
        Take(spec["defaultBackend"u8]);
        Take(spec["backend"u8]);
        foreach (var rule in spec["rules"u8].Elements)
        {
            foreach (var path in rule["http"u8]["paths"u8].Elements)
                Take(path["backend"u8]);
        }

        return backends;

        void Take(JsonSlice backend)
        {
            var service = backend["service"u8];
            if (service["name"u8].AsText() is { } name)
                backends.Add((name, service["port"u8]["name"u8].AsText() ?? service["port"u8]["number"u8].AsText() ?? ""));
            else if (backend["serviceName"u8].AsText() is { } old) // before networking.k8s.io/v1
                backends.Add((old, backend["servicePort"u8].AsText() ?? ""));
        }
    }
}
