namespace MultiCluster.Sandbox.Objects;

/// <summary>One write to a kind, as its watchers read it. Shared by all of them, so what must be encoded for one is there for the next.</summary>
/// <param name="version">The resourceVersion of the write.</param>
/// <param name="current">The object written; null for a deletion.</param>
/// <param name="previous">What was there before; null for a new object.</param>
internal sealed class StoredWrite(long version, StoredObject? current, StoredObject? previous)
{
    private StoredObject? _last;

    public long Version => version;

    public StoredObject? Current => current;

    public StoredObject? Previous => previous;

    /// <summary>The object that went (or went out of a watcher's selection): its last state, with this write's version.</summary>
    public StoredObject Last => _last ??= previous!.At(version);
}
