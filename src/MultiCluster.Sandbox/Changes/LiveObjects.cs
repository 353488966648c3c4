using System.Text;
using MultiCluster.Sandbox.Data;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Changes;

/// <summary>The objects of one kind that a churn has made and not deleted yet.</summary>
internal sealed class LiveObjects(ClusterStore store, string plural, ChurnOptions options, SeededRandom random)
{
    private readonly ResourceKind _kind = store.Kinds.Named(plural);
    private readonly List<LiveObject> _live = [];

    public int Count => _live.Count;

    public LiveObject Any => random.Pick(_live);

    public LiveObject Oldest => _live[0];

    /// <summary>A new object; it is stored with its first <see cref="Write"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="story">What it is about, for those who write it again.</param>
    public LiveObject Add(string name, int story = 0)
    {
        var made = new LiveObject(name, story, random.NewGuid().ToString(), Encoding.ASCII.GetBytes(Timestamp.Of(store.Time.GetUtcNow())));
        _live.Add(made);
        return made;
    }

    public void Write(LiveObject item, BodyTemplate template, long serial)
    {
        item.Step++;
        var now = store.Time.GetUtcNow();
        var values = new BodyValues(
            item.NameBytes, item.UidBytes, item.Created, Encoding.ASCII.GetBytes(Timestamp.Of(now)), Encoding.ASCII.GetBytes(Timestamp.Micro(now)), serial, item.Step);
        store.Put(_kind, options.Namespace, item.Name, item.Uid, version => template.Fill(values, version));
    }

    /// <summary>Deletes an object, unless somebody else has.</summary>
    public bool Delete(LiveObject item)
    {
        _live.Remove(item);
        return store.TryRemove(_kind, options.Namespace, item.Name) is not null;
    }
}

/// <summary>One of them.</summary>
internal sealed class LiveObject(string name, int story, string uid, byte[] created)
{
    public string Name => name;

    public int Story => story;

    public string Uid => uid;

    public byte[] NameBytes { get; } = Encoding.ASCII.GetBytes(name);

    public byte[] UidBytes { get; } = Encoding.ASCII.GetBytes(uid);

    public byte[] Created => created;

    /// <summary>How often it was written.</summary>
    public int Step { get; set; }
}
