using System.Text.Json.Nodes;

namespace MultiCluster.Tests.Sandbox;

// The shapes of answers: field order, metadata alone, tables, discovery.
public abstract partial class ApiServerContract
{
    private const string MetadataList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    private const string Table = "application/json;as=Table;g=meta.k8s.io;v=v1";

    [Fact]
    public async Task A_typed_list_starts_with_its_metadata_and_its_items_have_no_kind()
    {
        var list = (await Admin.GetAsync(await ConfigMapsAsync("a"))).AsObject();
        Assert.Equal(["kind", "apiVersion", "metadata", "items"], list.Select(p => p.Key));
        Assert.Equal("ConfigMapList", Text(list["kind"]));
        var item = list["items"]![0]!.AsObject();
        Assert.Equal(["metadata", "data"], item.Select(p => p.Key));
        Assert.Equal("name", item["metadata"]!.AsObject().First().Key);
    }

    [Fact]
    public async Task A_single_object_starts_with_its_kind() =>
        Assert.Equal(["kind", "apiVersion", "metadata", "data"], (await Admin.GetAsync($"{await ConfigMapsAsync("a")}/a")).AsObject().Select(p => p.Key));

    [Fact]
    public async Task A_custom_list_ends_with_its_metadata_and_its_items_have_their_kind()
    {
        var list = (await Admin.GetAsync(await GadgetsAsync())).AsObject();
        Assert.Equal(["apiVersion", "items", "kind", "metadata"], list.Select(p => p.Key));
        Assert.Equal("GadgetList", Text(list["kind"]));
        Assert.Equal(["apiVersion", "kind", "metadata", "spec"], list["items"]![0]!.AsObject().Select(p => p.Key));
        Assert.Equal(["checked", "color", "conditions", "paused", "size"], list["items"]![0]!["spec"]!.AsObject().Select(p => p.Key));
    }

    [Fact]
    public async Task Metadata_can_be_listed_alone_and_in_chunks()
    {
        var path = await ConfigMapsAsync("a", "b");
        var list = await Admin.GetAsync($"{path}?limit=1", MetadataList);
        Assert.Equal("PartialObjectMetadataList", Text(list["kind"]));
        Assert.Equal("meta.k8s.io/v1", Text(list["apiVersion"]));
        Assert.NotEmpty(Text(list["metadata"]!["continue"]));
        Assert.Equal(["kind", "apiVersion", "metadata"], list["items"]![0]!.AsObject().Select(p => p.Key));
        Assert.Equal(["a"], Names(list));
    }

    [Fact]
    public async Task Metadata_of_one_object_can_be_got_alone()
    {
        var item = await Admin.GetAsync($"{await ConfigMapsAsync("a")}/a", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
        Assert.Equal(["kind", "apiVersion", "metadata"], item.AsObject().Select(p => p.Key));
    }

    [Fact]
    public async Task A_table_shows_a_custom_kinds_columns()
    {
        var table = await Admin.GetAsync(await GadgetsAsync(), Table);
        Assert.Equal("Table", Text(table["kind"]));
        Assert.Equal(["Name", "Size", "Color", "Paused", "Ready", "Checked"], table["columnDefinitions"]!.AsArray().Select(c => Text(c!["name"])));
        Assert.Equal(["string", "integer", "string", "boolean", "string", "date"], table["columnDefinitions"]!.AsArray().Select(c => Text(c!["type"])));
        var cells = table["rows"]![0]!["cells"]!.AsArray();
        Assert.Equal(["g", "3", "red", "true", "True"], cells.Take(5).Select(Text));
        Assert.Matches("^[0-9]+y([0-9]+d)?$", Text(cells[5]));
    }

    [Fact]
    public async Task A_cell_whose_path_finds_nothing_is_null()
    {
        var path = $"/apis/contract.example.com/v1/namespaces/{await Server.NewNamespaceAsync()}/gadgets";
        await Admin.CreateAsync(path, """{"apiVersion":"contract.example.com/v1","kind":"Gadget","metadata":{"name":"g"}}""");
        var cells = (await Admin.GetAsync(path, Table))["rows"]![0]!["cells"]!.AsArray();
        Assert.All(cells.Skip(1), Assert.Null);
    }

    [Theory]
    [InlineData("", "PartialObjectMetadata")]
    [InlineData("?includeObject=Metadata", "PartialObjectMetadata")]
    [InlineData("?includeObject=Object", "Gadget")]
    [InlineData("?includeObject=None", "")]
    public async Task A_tables_row_holds_what_is_asked_of_its_object(string query, string kind) =>
        Assert.Equal(kind, Text((await Admin.GetAsync(await GadgetsAsync() + query, Table))["rows"]![0]!["object"]?["kind"]));

    [Fact]
    public async Task A_client_that_also_takes_json_still_gets_the_table() =>
        Assert.Equal("Table", Text((await Admin.GetAsync(await GadgetsAsync(), Table + ",application/json"))["kind"]));

    [Fact]
    public async Task Legacy_discovery_lists_the_core_kinds()
    {
        Assert.Equal("v1", Text((await Admin.GetAsync("/api"))["versions"]![0]));
        var resources = (await Admin.GetAsync("/api/v1"))["resources"]!.AsArray();
        var pods = Resource(resources, "pods");
        Assert.Equal("Pod", Text(pods["kind"]));
        Assert.Equal("true", Text(pods["namespaced"]));
        Assert.Equal(["po"], pods["shortNames"]!.AsArray().Select(Text));
        Assert.Equal(["all"], pods["categories"]!.AsArray().Select(Text));
        Assert.Equal(["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"], pods["verbs"]!.AsArray().Select(Text));
        Assert.Equal("Pod", Text(Resource(resources, "pods/log")["kind"]));
        Assert.Equal("Eviction", Text(Resource(resources, "pods/eviction")["kind"]));
        Assert.Equal("false", Text(Resource(resources, "nodes")["namespaced"]));
    }

    [Fact]
    public async Task Legacy_discovery_lists_the_groups()
    {
        var groups = (await Admin.GetAsync("/apis"))["groups"]!.AsArray();
        var apps = groups.Single(g => Text(g!["name"]) == "apps")!;
        Assert.Equal("apps/v1", Text(apps["preferredVersion"]!["groupVersion"]));
        Assert.Equal("apps", Text((await Admin.GetAsync("/apis/apps"))["name"]));
        var scale = Resource((await Admin.GetAsync("/apis/apps/v1"))["resources"]!.AsArray(), "deployments/scale");
        Assert.Equal("Scale", Text(scale["kind"]));
        Assert.Equal("autoscaling", Text(scale["group"]));
    }

    [Fact]
    public async Task Discovery_lists_a_custom_kind()
    {
        var gadgets = Resource((await Admin.GetAsync("/apis/contract.example.com/v1"))["resources"]!.AsArray(), "gadgets");
        Assert.Equal("gadget", Text(gadgets["singularName"]));
        Assert.Equal("Gadget", Text(gadgets["kind"]));
        Assert.Equal(["gg"], gadgets["shortNames"]!.AsArray().Select(Text));
    }

    private static JsonNode Resource(JsonArray resources, string name) => resources.Single(r => Text(r!["name"]) == name)!;

    private async Task<string> GadgetsAsync()
    {
        var path = $"/apis/contract.example.com/v1/namespaces/{await Server.NewNamespaceAsync()}/gadgets";
        await Admin.CreateAsync(path, Gadget("g"));
        return path;
    }
}
