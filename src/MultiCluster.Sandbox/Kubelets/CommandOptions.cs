using MultiCluster.Sandbox.Api;

namespace MultiCluster.Sandbox.Kubelets;

/// <summary>Which streams a command has.</summary>
internal readonly record struct CommandOptions(bool Input, bool Output, bool Error, bool Terminal)
{
    /// <summary>True where another terminal does what a terminal does: what is typed goes there as it is.</summary>
    public bool LeadsToTerminal { get; init; }

    /// <summary>A terminal has no stream of errors.</summary>
    public bool HasStreams => Input || Output || (Error && !Terminal);

    /// <summary>As an API server is told.</summary>
    public static CommandOptions Of(IQueryCollection query) => new(query.Flag("stdin"), query.Flag("stdout"), query.Flag("stderr"), query.Flag("tty"));

    /// <summary>As a kubelet is told.</summary>
    public static CommandOptions OfKubelet(IQueryCollection query) => new(query["input"] == "1", query["output"] == "1", query["error"] == "1", query["tty"] == "1");
}
