using System.Buffers;
using System.Collections.Frozen;
using System.Dynamic;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using System.Text.Json;
using MultiCluster.Objects.Json;
using MultiCluster.Objects.Paths;
using MultiCluster.Terminal;

namespace MultiCluster.Objects;

/// <summary>
/// An object of one cluster. Its JSON stays bytes; fields are read when they are asked. <see cref="Metadata"/>, <see cref="Spec"/>
/// and <see cref="Status"/> reach every path by dotted access whatever its case: <c>$pod.spec.containers[0].image</c>. A path is a
/// member, too: <c>Select-Object spec.nodeName</c>.
/// </summary>
[Views(ByHand = true)]
public class KubeObject : IDynamicMetaObjectProvider, IPathRoot
{
    private ObjectSource _source;
    private readonly byte[] _json;
    private readonly ItemIndex _index;
    private string? _name;

    internal KubeObject(in ObjectContent content)
    {
        _source = content.Source;
        _json = content.Json;
        _index = content.Index;
    }

    /// <summary>The cluster's id, <c>filename:context</c>.</summary>
    [ListItem]
    public string ClusterId => _source.Cluster.ClusterId;

    /// <summary>The cluster's name: its context, or its alias.</summary>
    [Column]
    public string ClusterName => _source.Cluster.ClusterName;

    /// <summary>API group and version: <c>apps/v1</c>.</summary>
    public string ApiVersion => _source.Kind.ApiVersion;

    /// <summary>The kind: <c>Deployment</c>.</summary>
    public string Kind => _source.Kind.Kind;

    /// <summary>The namespace, or null for objects of the whole cluster.</summary>
    [Column]
    public string? Namespace => Text(_index.Namespace);

    /// <summary>The name.</summary>
    [Column]
    public string Name => _name ??= Text(_index.Name) ?? "";

    /// <summary>The object's unique id.</summary>
    public string? Uid => Text(_index.Uid);

    /// <summary>The object's version, an opaque text.</summary>
    public string? ResourceVersion => Text(_index.ResourceVersion);

    /// <summary>When it was created, in local time.</summary>
    [ListItem(Last = true)]
    public DateTime? CreationTimestamp => At(_index.CreationTimestamp).AsTime()?.LocalDateTime;

    /// <summary>
    /// Time since it was created; compares with a TimeSpan and with texts such as <c>10m</c> or <c>3d4h</c>. Whatever a server keeps has one.
    /// What may not have happened is a time, which is never later than another when it is null (docs/decisions/missing-values.md).
    /// </summary>
    [Column(Last = true, Side = ColumnSide.Left)]
    public KubeAge? Age =>
        At(_index.CreationTimestamp).AsTime() is { } then ? new KubeAge(_source.Time.GetUtcNow() - then) : null;

    /// <summary>The labels.</summary>
    [ListItem(Last = true)]
    public KubeMap? Labels => At(_index.Labels).AsObject() as KubeMap;

    /// <summary>The annotations.</summary>
    public KubeMap? Annotations =>
        HoldsSecret ? MaskedSecret.Metadata(MetadataJson)["annotations"u8].AsMap() : AnnotationsJson.AsMap();

    /// <summary>The owners.</summary>
    public KubeList? OwnerReferences => At(_index.OwnerReferences).AsObject() as KubeList;

    /// <summary>The whole metadata.</summary>
    public KubeMap? Metadata => HoldsSecret ? MaskedSecret.Metadata(MetadataJson).AsMap() : MetadataJson.AsMap();

    /// <summary>The desired state, for kinds that have one.</summary>
    public object? Spec => SpecJson.AsObject(_source.Places?["spec"]);

    /// <summary>The observed state, for kinds that have one.</summary>
    public object? Status => StatusJson.AsObject(_source.Places?["status"]);

    /// <summary>
    /// The server's printer columns by name, in its order, when the object came in a table; empty otherwise. Text is string,
    /// a whole number long, a fraction double, a boolean bool, and a date the age that the server wrote.
    /// </summary>
    public KubeMap Columns
    {
        get
        {
            var columns = new OrderedDictionary<string, JsonSlice>(StringComparer.OrdinalIgnoreCase);
            var at = 0;
            foreach (var cell in Cells.Elements)
            {
                if (at == _source.Columns.Count)
                    break;
                columns[_source.Columns[at++].Name] = cell; // a kind's own column wins over the server's of the same name
            }

            var json = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(json))
            {
                writer.WriteStartObject();
                foreach (var (name, cell) in columns)
                {
                    writer.WritePropertyName(name);
                    cell.WriteTo(writer);
                }

                writer.WriteEndObject();
            }

            return new(new JsonSlice(json.WrittenMemory.ToArray(), 0));
        }
    }

    internal ObjectSource Source => _source;

    /// <summary>What it is made of, for another class that shows the same object.</summary>
    internal ObjectContent Content => new(_source, _json, _index);

    /// <summary>What <see cref="Columns"/> has of one name, read where it lies: a table asks for each cell by itself.</summary>
    internal object? Cell(string column)
    {
        JsonSlice found = default;
        var at = 0;
        foreach (var cell in Cells.Elements)
        {
            if (at == _source.Columns.Count)
                break;
            if (_source.Columns[at++].Name.Equals(column, StringComparison.OrdinalIgnoreCase))
                found = cell;
        }

        return found.AsObject();
    }

    /// <summary>The bytes that it holds.</summary>
    internal int Size => _json.Length;

    /// <summary>Whether a terminal would show all of its texts as they are; false for some of which it would.</summary>
    internal bool IsPlain => TerminalText.IsPlain(_json, json: true) && TerminalText.IsPlainLine(ClusterId) && TerminalText.IsPlainLine(ClusterName)
        && TerminalText.IsPlainLine(ApiVersion) && TerminalText.IsPlainLine(Kind);

    internal JsonSlice Root => new(_json, _index.Root);

    internal JsonSlice SpecJson => At(_index.Spec);

    internal JsonSlice StatusJson => At(_index.Status);

    internal JsonSlice MetadataJson => At(_index.Metadata);

    internal JsonSlice LabelsJson => At(_index.Labels);

    internal JsonSlice AnnotationsJson => At(_index.Annotations);

    internal JsonSlice OwnersJson => At(_index.OwnerReferences);

    internal JsonSlice Cells => At(_index.Cells);

    /// <summary>True once somebody asked for its deletion.</summary>
    internal bool IsDeleted => At(_index.DeletionTimestamp).Exists;

    /// <summary>When it ends at the latest, once somebody asked for its deletion.</summary>
    internal DateTimeOffset? Deletion => At(_index.DeletionTimestamp).AsTime();

    private bool HoldsSecret => _source.Kind is { Group: "", Kind: "Secret" };

    /// <summary>The object as the server sent it.</summary>
    public string ToJson() => Encoding.UTF8.GetString(Root.Raw);

    /// <summary>The same object for somebody else: what he adds to his, no other sees. The bytes are shared.</summary>
    /// <param name="source">What is said of where it comes from.</param>
    internal KubeObject Copy(ObjectSource source)
    {
        var copy = (KubeObject)MemberwiseClone();
        copy._source = source;
        return copy;
    }

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new PathMetaObject(parameter, this);

    bool IPathRoot.TryGetField(string name, out object? value)
    {
        if (RootMembers.Property(GetType(), name) is { } property)
        {
            value = property.GetValue(this);
            return true;
        }

        var found = Root.TryGetMember(name, out var member);
        value = member.AsObject(_source.Places?[name]);
        return found;
    }

    /// <inheritdoc/>
    public override string ToString() => TerminalText.Visible(Namespace is null ? $"{Kind}/{Name}" : $"{Kind}/{Namespace}/{Name}");

    /// <summary>
    /// The root's members that no property gives: neither <c>apiVersion</c>, <c>kind</c>, <c>metadata</c>, <c>spec</c>, <c>status</c>,
    /// nor one that this type has under its own name.
    /// </summary>
    internal IReadOnlyList<(string Name, JsonSlice Value)> OtherRoots()
    {
        List<(string, JsonSlice)>? others = null;
        foreach (var member in Root.Members)
        {
            if (!RootMembers.IsCommon(member) && !RootMembers.IsProperty(GetType(), member.Name))
                (others ??= []).Add((member.Name, member.Value));
        }

        return others ?? (IReadOnlyList<(string, JsonSlice)>)[];
    }

    private JsonSlice At(int position) => position == 0 ? default : new(_json, position);

    private string? Text(int position) => At(position).AsString();
}

/// <summary>Which members of an object's root a property already gives.</summary>
internal static class RootMembers
{
    private static readonly FrozenDictionary<Type, FrozenDictionary<string, PropertyInfo>> Properties = typeof(KubeObject).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(KubeObject)))
        .ToFrozenDictionary(type => type, PropertiesOf);

    public static bool IsCommon(JsonSlice.Member member) =>
        member.NameIs("apiVersion"u8) || member.NameIs("kind"u8) || member.NameIs("metadata"u8) || member.NameIs("spec"u8) || member.NameIs("status"u8);

    /// <summary>True when the type has a property of that name, whatever its case: PowerShell makes no difference.</summary>
    public static bool IsProperty(Type type, string name) => Properties[type].ContainsKey(name);

    /// <summary>The type's property of that name, whatever its case; null when it has none.</summary>
    public static PropertyInfo? Property(Type type, string name) => Properties[type].GetValueOrDefault(name);

    /// <summary>Of properties of one name that of the derived class, which comes first.</summary>
    private static FrozenDictionary<string, PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).DistinctBy(static property => property.Name)
            .ToFrozenDictionary(static property => property.Name, StringComparer.OrdinalIgnoreCase);
}
