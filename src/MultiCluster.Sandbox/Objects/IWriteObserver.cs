namespace MultiCluster.Sandbox.Objects;

/// <summary>Follows all writes to a store, in their order.</summary>
internal interface IWriteObserver
{
    /// <summary>Something was written. Called under the store's lock: only to remember it.</summary>
    void OnWrite(StoredWrite written);

    /// <summary>The lock is free again: the time to act on what was remembered.</summary>
    void AfterWrite();
}
