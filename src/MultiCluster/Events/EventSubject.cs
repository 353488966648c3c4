using MultiCluster.Objects;

namespace MultiCluster.Resources;

/// <summary>An object whose events are wanted.</summary>
internal sealed record EventSubject
{
    private const string MirrorPod = "kubernetes.io/config.mirror";

    /// <summary>Its cluster's id; null for any.</summary>
    public string? ClusterId { get; init; }

    /// <summary>Its kind: <c>Pod</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its namespace, or null for objects of the whole cluster.</summary>
    public string? Namespace { get; init; }

    /// <summary>The uids under which it is known; none for every object of that name, former ones included.</summary>
    public IReadOnlyList<string> Uids { get; init; } = [];

    /// <summary>Where its events are: with the object, or in <c>default</c> when it has no namespace (client-go's recorder).</summary>
    internal string EventNamespace => Namespace ?? "default";

    /// <summary>The subject that an object is. A static pod's kubelet knows it by the hash of its file (<c>kubectl describe</c>).</summary>
    public static EventSubject Of(KubeObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        string?[] uids = [item.Uid, item.AnnotationsJson[System.Text.Encoding.UTF8.GetBytes(MirrorPod)].AsText()];
        return new EventSubject
        {
            ClusterId = item.ClusterId,
            Kind = item.Kind,
            Name = item.Name,
            Namespace = item.Namespace,
            Uids = [.. uids.OfType<string>()],
        };
    }

    /// <summary>The subject that a reference leads to.</summary>
    public static EventSubject Of(ResolvedReference resolved) => resolved.Item is { } item
        ? Of(item) with { ClusterId = resolved.Reference.ClusterId }
        : new EventSubject
        {
            ClusterId = resolved.Reference.ClusterId,
            Kind = resolved.Kind.Kind,
            Name = resolved.Reference.Name,
            Namespace = resolved.Namespace,
            Uids = resolved.Reference.Uid is { } uid ? [uid] : [],
        };

    /// <summary>True when an event is about it. Kubelets write a node's name as its uid.</summary>
    internal bool IsOf(KubeEvent happened)
    {
        var about = happened.About;
        return about.Kind == Kind && about.Name == Name && (about.Namespace ?? "") == (Namespace ?? "")
            && (Uids.Count == 0 || string.IsNullOrEmpty(about.Uid) || about.Uid == about.Name || Uids.Contains(about.Uid));
    }
}
