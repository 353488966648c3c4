using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Pipeline;

/// <summary>Runs <see cref="AskCommand"/> on a session of the given clusters.</summary>
internal sealed class Asking : IDisposable
{
    private readonly TestSession _session;

    public Asking(Func<KubeCluster, FanOutSink, CancellationToken, Task> operation, RecordingSink sink, params string[] clusters)
    {
        _session = new TestSession(clusters);
        Runner = new CmdletRunner<AskCommand> { Sink = sink };
        Runner.Cmdlet.Session = _session.Session;
        Runner.Cmdlet.Operation = operation;
    }

    public Asking(Func<KubeCluster, FanOutSink, CancellationToken, Task> operation, params string[] clusters)
        : this(operation, new RecordingSink(), clusters)
    {
    }

    public CmdletRunner<AskCommand> Runner { get; }

    public FanOutReport Report => Assert.Single(_session.Session.Log.Last(1));

    public RecordingSink Run() => Runner.Run();

    public void Dispose() => _session.Dispose();
}
