using MultiCluster.Changes;

namespace MultiCluster.Tests.Changes;

/// <summary>Objects that are applied to clusters which do what they are told.</summary>
public sealed class FleetChangeTests
{
    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: gadgets.example.net}
        spec:
          group: example.net
          scope: Namespaced
          names: {kind: Gadget, plural: gadgets, singular: gadget}
          versions:
          - name: v1
            served: true
            storage: true
            schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}
        """;

    private const string Gadget = """
        {apiVersion: example.net/v1, kind: Gadget, metadata: {name: one}, spec: {size: 3}}
        """;

    [Fact]
    public async Task An_object_is_made_in_every_cluster_and_changed_where_it_differs()
    {
        await using var fleet = await ChangeFleet.StartAsync(clusters: 2);
        var made = await fleet.ChangeAsync(ChangeFleet.Maps(1));
        Assert.Equal(["sim-1 Created", "sim-2 Created"], Told(made));
        fleet.Edit("configmaps", "map-0", static map => map["data"]!["key"] = "another", "sim-2");
        var again = await fleet.ChangeAsync(ChangeFleet.Apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: map-0}, data: {key: '1'}}", force: true));
        Assert.Equal(["sim-1 Unchanged", "sim-2 Configured"], Told(again));
        var change = Assert.Single(Assert.Single(again.Of("sim-2")).Changes);
        Assert.Equal(("data.key", "another", "1"), (change.Path, change.Old, change.New));
        Assert.Equal("1", fleet.Stored("configmaps", "map-0", "sim-2")!["data"]!["key"]!.ToString());
        Assert.Empty(again.Faults);
    }

    [Fact]
    public async Task What_is_as_it_should_be_costs_one_request_and_no_write()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        await fleet.ChangeAsync(ChangeFleet.Maps(20));
        var (reads, writes) = (fleet.Requests("GET").Count, fleet.Requests("PATCH").Count);
        var again = await fleet.ChangeAsync(ChangeFleet.Maps(20));
        Assert.Equal(["Unchanged 20"], again.Outcomes("sim-1"));
        Assert.Equal((20, 0), (fleet.Requests("GET").Count - reads, fleet.Requests("PATCH").Count - writes));
    }

    [Fact]
    public async Task Of_many_that_are_missing_one_is_asked_for_and_a_list_tells_of_the_others()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        await fleet.ChangeAsync(ChangeFleet.Maps(30)[20..]);
        var (reads, writes) = (fleet.Requests("GET").Count, fleet.Requests("PATCH").Count);
        var made = await fleet.ChangeAsync(ChangeFleet.Maps(30, value: "2"));
        Assert.Equal(["Created 20", "Configured 10"], made.Outcomes("sim-1"));
        Assert.Equal((1 + 10, 30), (fleet.Requests("GET").Count - reads, fleet.Requests("PATCH").Count - writes));
        Assert.All(made.Results.Where(static result => result.Outcome == ChangeOutcome.Configured), static result => Assert.Equal(("data.key", "1", "2"), (result.Changes[0].Path, result.Changes[0].Old, result.Changes[0].New)));
    }

    [Fact]
    public async Task What_a_webhook_refuses_is_a_fault_of_that_object_with_its_words()
    {
        await using var fleet = await ChangeFleet.StartAsync(clusters: 2);
        fleet.Cluster().Faults.Add(ClusterFault.Says(
            """{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"admission webhook \"policy.example.com\" denied the request: map-1 has no owner","code":400}"""u8.ToArray(), 400)
            .When(static request => request.Verb == "patch" && request.Name == "map-1"));
        var made = await fleet.ChangeAsync(ChangeFleet.Maps(3));
        Assert.Equal(["Created 2", "Invalid 1"], made.Outcomes("sim-1"));
        Assert.Equal(["Created 3"], made.Outcomes("sim-2"));
        Assert.Contains("admission webhook \"policy.example.com\" denied the request: map-1 has no owner", made.Of("sim-1").Single(static result => result.Name == "map-1").Fault!.Message, StringComparison.Ordinal);
        Assert.Single(made.Faults);
    }

    [Fact]
    public async Task Where_nobody_may_list_each_is_asked_for_by_its_name()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        fleet.Cluster().Faults.Add(ClusterFault.Forbidden().When(static request => request.Verb == "list"));
        var made = await fleet.ChangeAsync(ChangeFleet.Maps(30));
        Assert.Equal(["Created 30"], made.Outcomes("sim-1"));
        Assert.Equal((30, 30), (fleet.Requests("GET").Count, fleet.Requests("PATCH").Count));
        Assert.Empty(made.Faults);
    }

    [Fact]
    public async Task What_others_make_meanwhile_is_not_said_to_be_made_here()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        fleet.Cluster().Faults.Add(ClusterFault.Latency(TimeSpan.Zero).When(request =>
        {
            if (request.Verb == "patch" && request.Name == "map-7" && fleet.Stored("configmaps", "map-7") is null)
                fleet.Cluster().Store.Add(new System.Text.Json.Nodes.JsonObject { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "map-7", ["namespace"] = ChangeFleet.Namespace } });
            return false;
        }));
        var made = await fleet.ChangeAsync(ChangeFleet.Maps(30));
        Assert.Equal(["Created 29", "Configured 1"], made.Outcomes("sim-1"));
        Assert.Equal("Others made it meanwhile: what was changed is not known.", made.Result("map-7").Message);
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_be_and_changes_nothing()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        await fleet.ChangeAsync(ChangeFleet.Maps(1));
        var before = fleet.Stored("configmaps", "map-0")!.ToJsonString();
        var dry = await fleet.ChangeAsync(ChangeFleet.Maps(2, value: "2"), new ChangeOptions { DryRun = true });
        Assert.Equal(["map-0 Configured", "map-1 Created"], dry.Results.Select(static result => $"{result.Name} {result.Outcome}").Order(StringComparer.Ordinal));
        Assert.All(dry.Results, static result => Assert.True(result.DryRun));
        Assert.Equal("data.key: 1 -> 2", $"{Assert.Single(dry.Result("map-0").Changes)}");
        Assert.Equal(before, fleet.Stored("configmaps", "map-0")!.ToJsonString());
        Assert.Equal(["map-0"], fleet.StoredMaps());
    }

    [Fact]
    public async Task A_namespace_is_made_before_what_is_in_it_wherever_it_stands()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        var made = await fleet.ChangeAsync(ChangeFleet.Apply("""
            {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: shop}, data: {key: '1'}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
            """));
        Assert.Equal(["Created 2"], made.Outcomes("sim-1"));
        Assert.NotNull(fleet.Stored("configmaps", "a", ns: "shop"));
    }

    [Fact]
    public async Task What_the_same_call_would_make_first_is_not_checked_by_a_dry_run()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        var dry = await fleet.ChangeAsync(
            ChangeFleet.Apply(string.Join(
                "\n---\n",
                "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}",
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: shop}, data: {key: '1'}}",
                Definition,
                Gadget)),
            new ChangeOptions { DryRun = true });
        Assert.Empty(dry.Faults);
        Assert.Equal(["Created 4"], dry.Outcomes("sim-1"));
        Assert.Equal(["a", "one"], dry.Results.Where(static result => result.Message == "Not checked: made with the same call.").Select(static result => result.Name).Order(StringComparer.Ordinal));
        Assert.Null(fleet.Stored("namespaces", "shop", ns: null));
    }

    [Fact]
    public async Task A_kind_and_its_objects_are_made_by_one_call()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        var made = await fleet.ChangeAsync(ChangeFleet.Apply($"{Gadget}\n---\n{Definition}"));
        Assert.Empty(made.Faults);
        Assert.Equal(["Created 2"], made.Outcomes("sim-1"));
        Assert.Equal(3, fleet.Stored("gadgets.example.net", "one")!["spec"]!["size"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_kind_that_one_cluster_lacks_is_a_fault_of_that_object_there()
    {
        await using var fleet = await ChangeFleet.StartAsync(clusters: 2);
        var made = await fleet.ChangeAsync(ChangeFleet.Apply(Gadget + "\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"));
        Assert.Equal(["Created 1", "Failed 1"], made.Outcomes("sim-1"));
        Assert.Equal(["Created 1", "Failed 1"], made.Outcomes("sim-2"));
        Assert.Equal(2, made.Faults.Count());
        Assert.All(made.Faults, static fault => Assert.Equal(MultiCluster.Faults.FaultPhase.KindNotFound, fault.Phase));
    }

    [Fact]
    public async Task Another_owner_of_a_field_is_a_conflict_that_names_it_and_force_takes_the_field()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        await fleet.ChangeAsync(ChangeFleet.Maps(1));
        await WriteAsAsync(fleet, "helm", "map-0", """{"data":{"key":"theirs"}}""");
        var refused = await fleet.ChangeAsync(ChangeFleet.Maps(1));
        var result = refused.Result();
        Assert.Equal(ChangeOutcome.Conflict, result.Outcome);
        Assert.Equal((".data.key", "helm"), (Assert.Single(result.Conflicts).Field, result.Conflicts[0].Manager));
        Assert.Equal("helm owns data.key", result.Message);
        Assert.Contains("-Force", Assert.Single(refused.Faults).Advice, StringComparison.Ordinal);
        Assert.Equal("theirs", fleet.Stored("configmaps", "map-0")!["data"]!["key"]!.ToString());

        var forced = await fleet.ChangeAsync(ChangeFleet.Apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: map-0}, data: {key: '1'}}", force: true));
        Assert.Equal("data.key: theirs -> 1", forced.Result().Message);
        Assert.Equal("1", fleet.Stored("configmaps", "map-0")!["data"]!["key"]!.ToString());
    }

    [Fact]
    public async Task A_field_that_is_no_longer_applied_goes()
    {
        await using var fleet = await ChangeFleet.StartAsync();
        await fleet.ChangeAsync(ChangeFleet.Apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {name: x, other: z}}"));
        var changed = await fleet.ChangeAsync(ChangeFleet.Apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {other: z}}"));
        Assert.Equal("data.name: x -> (none)", changed.Result().Message);
        Assert.Equal("""{"other":"z"}""", fleet.Stored("configmaps", "a")!["data"]!.ToJsonString());
    }

    private static IEnumerable<string> Told(ChangeStream stream) => stream.Results.Select(static result => $"{result.ClusterName} {result.Outcome}").Order(StringComparer.Ordinal);

    private static async Task WriteAsAsync(ChangeFleet fleet, string manager, string name, string patch)
    {
        using var client = new Sandbox.ApiClient(fleet.Cluster().Server, fleet.Cluster().CaPem, fleet.Cluster().AdminToken);
        await client.PatchAsync($"/api/v1/namespaces/web/configmaps/{name}?fieldManager={manager}", patch);
    }
}
