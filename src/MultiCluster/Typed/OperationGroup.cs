using k8s.Autorest;

namespace MultiCluster.Typed;

/// <summary>
/// What KubernetesClient has as extension methods of a group of operations, as methods: PowerShell sees no extension methods. The groups
/// are written while the engine is built (build/Generators).
/// </summary>
public abstract class OperationGroup
{
    private protected OperationGroup(KubeClient client) => Client = client;

    /// <summary>The client.</summary>
    protected KubeClient Client { get; }

    /// <summary>A call begins, which its caller may give up.</summary>
    private protected static OperationCall Begin() => new();

    /// <summary>Waits for a call.</summary>
    private protected T End<T>(OperationCall call, Task<T> task)
    {
        Wait(call, task);
        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="End{T}"/>
    private protected void End(OperationCall call, Task task)
    {
        Wait(call, task);
        task.GetAwaiter().GetResult();
    }

    /// <summary>Tells of a watch's changes as they come, for as long as somebody takes them and the server goes on.</summary>
    /// <typeparam name="T">The model of what is watched.</typeparam>
    /// <typeparam name="TList">The list whose operation is asked.</typeparam>
    /// <param name="open">Asks for the watch, with headers that must be given on.</param>
    private protected IEnumerable<KubeModelEvent<T>> Events<T, TList>(Func<IReadOnlyDictionary<string, IReadOnlyList<string>>, CancellationToken, Task<HttpOperationResponse<TList>>> open)
        where T : class
    {
        using var call = Begin();
        var events = Client.EventsOf<T>(Await(call, open(ModelWatch.Mark, call.Token)), call.Token).GetAsyncEnumerator();
        try
        {
            while (Await(call, events.MoveNextAsync().AsTask()))
                yield return events.Current;
        }
        finally
        {
            call.Stop.Cancel();
            events.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private T Await<T>(OperationCall call, Task<T> task)
    {
        if (!task.IsCompleted)
            Client.Host?.Wait(task, call.Stop);
        return task.GetAwaiter().GetResult();
    }

    private void Wait(OperationCall call, Task task)
    {
        using (call)
        {
            if (!task.IsCompleted)
                Client.Host?.Wait(task, call.Stop);
        }
    }

    /// <summary>What a waiting caller holds.</summary>
    private protected sealed class OperationCall : IDisposable
    {
        public CancellationTokenSource Stop { get; } = new();

        public CancellationToken Token => Stop.Token;

        public void Dispose() => Stop.Dispose();
    }
}
