using MultiCluster.Objects;

namespace MultiCluster.Relations.Rules;

/// <summary>
/// One way in which objects say what they have to do with others. It reads an object's fields and knows no cluster: a rule that is new is one
/// class, one line in <see cref="RelationRules"/>, and its test.
/// </summary>
internal abstract class RelationRule
{
    /// <summary>The kinds whose objects say it.</summary>
    public abstract IReadOnlyList<KindKey> Sources { get; }

    /// <summary>The kinds that it may be about; among these its sources are looked for, when what is asked is who has to do with an object.</summary>
    public abstract IReadOnlyList<KindKey> Targets { get; }

    /// <summary>True where the relation goes to the object that says it: what is owned names its owner.</summary>
    public virtual bool IsReversed => false;

    /// <summary>True where objects of other namespaces may say it.</summary>
    public virtual bool CrossesNamespaces => false;

    /// <summary>The field selector by which a server finds those of a kind that say it of an object; null where it has none.</summary>
    public virtual string? FieldsOf(KindKey source, KubeObject target) => null;

    /// <summary>What an object says.</summary>
    public abstract IEnumerable<Statement> Read(KubeObject item);
}
