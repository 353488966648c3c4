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
