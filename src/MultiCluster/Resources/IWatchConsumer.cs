using MultiCluster.Api.Watches;

namespace MultiCluster.Resources;

/// <summary>What a call makes of the changes of one cluster. Its kinds and namespaces tell it side by side.</summary>
internal interface IWatchConsumer
{
    /// <summary>True when former states are wanted: what an object was before, and what it was when it is gone.</summary>
    bool WantsPrevious { get; }

    /// <summary>So many watches begin, side by side: each will have been <see cref="ListedAsync">listed</see>, or end.</summary>
    void Begins(int watches)
    {
    }

    /// <summary>Takes changes that arrived together, in order; waits where there is no room for them.</summary>
    ValueTask TakeAsync(IReadOnlyList<WatchChange> changes, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>What a kind or namespace had when its watch began has been taken completely.</summary>
    ValueTask ListedAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
