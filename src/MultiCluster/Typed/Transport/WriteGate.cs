using MultiCluster.Faults;

namespace MultiCluster.Typed.Transport;

/// <summary>Whether one client may change its cluster: a protected one asks at the first write, and the answer holds for the client.</summary>
internal sealed class WriteGate(ClusterIdentity cluster, KubeClientOptions options)
{
    private readonly Lock _gate = new();
    private bool? _allowed = options.Protected ? null : true;

    /// <summary>Lets a write pass. Called on the thread of the operation's caller, before anything is sent.</summary>
    /// <exception cref="FaultException">The cluster is protected, and nobody agreed.</exception>
    public void Enter(string operation)
    {
        lock (_gate)
        {
            if (_allowed == true)
                return;
            var asked = _allowed is null;
            var answer = _allowed ?? options.Host?.MayChange(cluster, operation);
            if (answer == true)
            {
                _allowed = true;
                return;
            }

            _allowed = answer;
            throw new FaultException(new Fault
            {
                Phase = FaultPhase.Protected,
                Cluster = cluster,
                Operation = operation,
                Detail = answer switch
                {
                    null => "the cluster is protected, and nobody can be asked whether it may be changed",
                    _ when asked => "the cluster is protected, and it was not to be changed",
                    _ => "the cluster is protected, and this client was not to change it",
                },
                Advice = "Get-KubeClient gives a client that asks again, and with -AllowProtected one that does not ask. Set-KubeCluster -Protected:$false takes the protection away.",
            });
        }
    }
}
