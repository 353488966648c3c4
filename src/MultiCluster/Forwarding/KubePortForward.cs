using System.Net;
using MultiCluster.Faults;
using MultiCluster.Terminal;

namespace MultiCluster.Forwarding;

/// <summary>A local port that leads to a port in a cluster. It shows how things are when it is read.</summary>
[Views(
    Table = "ClusterName Id Target RemotePort Uri State",
    Wide = "ClusterName Id Namespace Target Pod RemotePort Uri State OpenConnections Connections BytesIn BytesOut",
    List = "Id ClusterName ClusterId Namespace Target Pod LocalAddress LocalPort RemotePort PodPort Uri State Connections OpenConnections BytesIn BytesOut Started LastFault")]
public sealed class KubePortForward
{
    private readonly Lock _gate = new();
    private readonly PortForwarder _forwarder;
    private readonly ClusterIdentity _cluster;
    private readonly DateTimeOffset _started;
    private ForwardState _state;
    private string _pod;
    private Fault? _lastFault;
    private long _connections;
    private long _open;
    private long _bytesIn;
    private long _bytesOut;

    internal KubePortForward(int id, PortForwarder forwarder, ForwardTarget target, TargetPod first, IPEndPoint local, (int Remote, int Pod) ports)
    {
        (Id, _forwarder, _cluster, _pod) = (id, forwarder, target.Connection.Identity, first.Pod.Name);
        (Namespace, Target, LocalPort, RemotePort, PodPort) = (target.Namespace, target.Text, local.Port, ports.Remote, ports.Pod);
        ShortTarget = target.ShortText;
        var reached = ListenAddresses.Reached(local.Address);
        LocalAddress = $"{local.Address}";
        Uri = new Uri($"http://{ListenAddresses.InUri(reached)}:{local.Port}");
        _started = target.Connection.Time.GetUtcNow();
    }

    /// <summary>Its number in the session, from 1.</summary>
    [Column(Width = 3)]
    public int Id { get; }

    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public string ClusterId => _cluster.ClusterId;

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column(Width = 17)]
    public string ClusterName => _cluster.ClusterName;

    /// <summary>The target's namespace.</summary>
    [Column(Width = 14, Wide = true)]
    public string Namespace { get; }

    /// <summary>What is forwarded to: <c>service/api</c>, <c>deployment/web</c>, or a pod's name.</summary>
    [Column]
    public string Target { get; }

    /// <summary>The target with the short name of its kind: <c>svc/api</c>.</summary>
    internal string ShortTarget { get; }

    /// <summary>The pod to which connections go at present.</summary>
    [Column(Width = 24, Wide = true)]
    public string Pod
    {
        get
        {
            lock (_gate)
                return _pod;
        }
    }

    /// <summary>The address that is listened on: the first, where there are several.</summary>
    [ListItem]
    public string LocalAddress { get; }

    /// <summary>The port here.</summary>
    [ListItem]
    public int LocalPort { get; }

    /// <summary>The target's port.</summary>
    [Column("Port", Width = 5)]
    public int RemotePort { get; }

    /// <summary>The pod's port with which it began: another one than <see cref="RemotePort"/> where a Service maps it.</summary>
    [ListItem]
    public int PodPort { get; }

    /// <summary>How a program of this machine reaches it, if it speaks HTTP.</summary>
    [Column(Width = 22, Path = nameof(System.Uri.OriginalString))]
    [ListItem(Path = nameof(System.Uri.OriginalString))]
    public Uri Uri { get; }

    /// <summary>Where it stands.</summary>
    [Column(Width = 8, Toned = true)]
    public ForwardState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>Connections that are open.</summary>
    [Column("Open", Width = 4, Wide = true)]
    public long OpenConnections => Interlocked.Read(ref _open);

    /// <summary>Connections that were made, those that are open included.</summary>
    [Column("Made", Width = 6, Wide = true)]
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Bytes that came from the pod.</summary>
    [Column(Width = 12, Wide = true)]
    public long BytesIn => Interlocked.Read(ref _bytesIn);

    /// <summary>Bytes that went to the pod.</summary>
    [Column(Width = 12, Wide = true)]
    public long BytesOut => Interlocked.Read(ref _bytesOut);

    /// <summary>When it began, in local time.</summary>
    [ListItem]
    public DateTime Started => TimeZoneInfo.ConvertTime(_started, _forwarder.Time.LocalTimeZone).DateTime;

    /// <summary>What went wrong last, or null.</summary>
    [ListItem]
    public Fault? LastFault
    {
        get
        {
            lock (_gate)
                return _lastFault;
        }
    }

    /// <summary>Stops it: nothing is listened for any more, and connections that are open are reset.</summary>
    public void Stop() => _forwarder.Stop();

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible($"{ClusterName}/{Namespace}/{Target}:{RemotePort} at {Uri.Authority}");

    /// <summary>A pod was reached.</summary>
    internal void Reaches(string pod)
    {
        lock (_gate)
        {
            if (_state == ForwardState.Stopped)
                return;
            (_state, _pod) = (ForwardState.Ready, pod);
        }
    }

    /// <summary>A pod is waited for.</summary>
    internal void Waits(Fault? why)
    {
        lock (_gate)
        {
            if (_state == ForwardState.Stopped)
                return;
            (_state, _lastFault) = (ForwardState.Waiting, why ?? _lastFault);
        }
    }

    /// <summary>A connection has failed.</summary>
    internal void Fails(Fault fault)
    {
        lock (_gate)
        {
            if (_state == ForwardState.Stopped)
                return;
            (_state, _lastFault) = (fault.Reason == ForwardFaults.NoPodReason ? ForwardState.Waiting : ForwardState.Degraded, fault);
        }
    }

    /// <summary>It has ended.</summary>
    internal void Ends(Fault? why)
    {
        lock (_gate)
            (_state, _lastFault) = (ForwardState.Stopped, why ?? _lastFault);
    }

    internal void Opened()
    {
        Interlocked.Increment(ref _connections);
        Interlocked.Increment(ref _open);
    }

    internal void Closed() => Interlocked.Decrement(ref _open);

    internal void Received(int bytes) => Interlocked.Add(ref _bytesIn, bytes);

    internal void Sent(int bytes) => Interlocked.Add(ref _bytesOut, bytes);
}
