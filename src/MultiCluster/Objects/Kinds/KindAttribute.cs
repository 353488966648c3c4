namespace MultiCluster.Objects;

/// <summary>Whose objects a class holds, in whatever version. The build fills <see cref="KubeObjectFactory"/> with these (build/Generators).</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class KindAttribute(string group, string kind) : Attribute
{
    /// <summary>The API group; empty for the core group.</summary>
    public string Group => group;

    /// <summary>The kind: <c>Deployment</c>.</summary>
    public string Kind => kind;
}
