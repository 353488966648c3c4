using MultiCluster.Objects.Json;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>A Route of OpenShift, with the columns of <c>oc get routes</c>.</summary>
[Kind("route.openshift.io", "Route")]
public sealed class KubeRoute : KubeObject
{
    internal KubeRoute(in ObjectContent content)
        : base(content)
    {
    }

    /// <summary>Its host: the one that a router has taken, else the one that is wanted.</summary>
    [Column(Most = 14)]
    public string? Host
    {
        get
        {
            foreach (var ingress in StatusJson["ingress"u8].Elements)
            {
                if (ingress["host"u8].AsText() is { } taken)
                    return taken;
            }

            return SpecJson["host"u8].AsText();
        }
    }

    /// <summary>The path that requests begin with.</summary>
    [Column(Wide = true)]
    public string? Path => SpecJson["path"u8].AsText();

    /// <summary>The Services that it leads to.</summary>
    [Column(Most = 8)]
    public TextList Services =>
        SpecJson["to"u8]["name"u8].AsText() is { } service ? [service, .. SpecJson["alternateBackends"u8].AsTexts("name"u8)] : SpecJson["alternateBackends"u8].AsTexts("name"u8);

    /// <summary>The port of the Service, by its number or its name.</summary>
    [Column(Wide = true)]
    public string? Port => SpecJson["port"u8]["targetPort"u8].AsText();

    /// <summary>Where TLS ends, and what becomes of plain requests: <c>edge/Redirect</c>.</summary>
    [Column(Wide = true)]
    public string? Termination
    {
        get
        {
            var tls = SpecJson["tls"u8];
            return tls["insecureEdgeTerminationPolicy"u8].AsText() is { } plain ? $"{tls["termination"u8].AsText()}/{plain}" : tls["termination"u8].AsText();
        }
    }

    /// <summary>Whether a router has taken it: <c>True</c>, <c>False</c>; null where no router has said so.</summary>
    [Column(Most = 8, Toned = true)]
    public string? Admitted
    {
        get
        {
            string? admitted = null;
            foreach (var ingress in StatusJson["ingress"u8].Elements)
            {
                admitted = ingress["conditions"u8].OfType("Admitted"u8)["status"u8].AsText() ?? admitted;
                if (admitted == "True")
                    break;
            }

            return admitted;
        }
    }

    /// <summary><c>None</c> or <c>Subdomain</c>.</summary>
    [Column(Wide = true)]
    public string? Wildcard => SpecJson["wildcardPolicy"u8].AsText();
}
