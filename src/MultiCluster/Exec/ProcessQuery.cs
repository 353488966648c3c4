namespace MultiCluster.Exec;

/// <summary>A process in a container: one that is started there, or with no command the one that the container runs.</summary>
internal sealed record ProcessQuery
{
    /// <summary>The pod's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The pod.</summary>
    public required string Pod { get; init; }

    /// <summary>The container.</summary>
    public required string Container { get; init; }

    /// <summary>The program and its arguments, as they are: no shell reads them. Null to attach to the container's own process.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Whether it is given something to read.</summary>
    public bool Input { get; init; }

    /// <summary>Whether it must be told when that ends, which only <c>v5.channel.k8s.io</c> can.</summary>
    public bool ClosesInput { get; init; }

    /// <summary>Whether it has a terminal: what it writes of errors is among its output then.</summary>
    public bool Tty { get; init; }

    /// <summary>What is done, as faults name it: <c>run 'nginx -t' in web/web-1</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Path and query of the request (<c>PodExecOptions</c>, <c>PodAttachOptions</c>).</summary>
    public string PathAndQuery
    {
        get
        {
            var parts = new List<string> { $"container={Uri.EscapeDataString(Container)}" };
            parts.AddRange((Command ?? []).Select(static word => $"command={Uri.EscapeDataString(word)}"));
            if (Input)
                parts.Add("stdin=true");
            parts.Add("stdout=true");
            parts.Add(Tty ? "tty=true" : "stderr=true");
            return $"/api/v1/namespaces/{Uri.EscapeDataString(Namespace)}/pods/{Uri.EscapeDataString(Pod)}/{(Command is null ? "attach" : "exec")}?{string.Join('&', parts)}";
        }
    }
}
