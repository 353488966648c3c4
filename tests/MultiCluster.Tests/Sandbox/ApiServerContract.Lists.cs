namespace MultiCluster.Tests.Sandbox;

// Lists: chunks, versions, selectors.
public abstract partial class ApiServerContract
{
    [Fact]
    public async Task Chunks_show_one_snapshot()
    {
        var path = await ConfigMapsAsync("b", "c", "d", "e", "f", "g", "h");
        var first = await Admin.GetAsync($"{path}?limit=3");
        Assert.Equal(["b", "c", "d"], Names(first));
        Assert.Equal(4, first["metadata"]!["remainingItemCount"]!.GetValue<int>());

        await Admin.CreateAsync(path, ConfigMap("ee"));
        await Admin.JsonAsync(HttpMethod.Delete, $"{path}/h", 200);
        var second = await Admin.GetAsync($"{path}?limit=3&continue={Text(first["metadata"]!["continue"])}");
        Assert.Equal(["e", "f", "g"], Names(second));
        Assert.Equal(Text(first["metadata"]!["resourceVersion"]), Text(second["metadata"]!["resourceVersion"]));
        var third = await Admin.GetAsync($"{path}?limit=3&continue={Text(second["metadata"]!["continue"])}");
        Assert.Equal(["h"], Names(third));
        Assert.Equal("", Text(third["metadata"]!["continue"]));
        Assert.Null(third["metadata"]!["remainingItemCount"]);
    }

    [Fact]
    public async Task Chunks_of_a_selection_do_not_count_what_remains()
    {
        var path = await ConfigMapsAsync("a", "b", "c", "d");
        var page = await Admin.GetAsync($"{path}?limit=1&fieldSelector=metadata.name!%3Da");
        Assert.Equal(["b"], Names(page));
        Assert.Null(page["metadata"]!["remainingItemCount"]);
        Assert.Equal(["c", "d"], Names(await Admin.GetAsync($"{path}?fieldSelector=metadata.name!%3Da&continue={Text(page["metadata"]!["continue"])}")));
    }

    [Fact]
    public async Task An_old_token_is_a_410_with_one_that_goes_on()
    {
        var path = await ConfigMapsAsync("a", "b", "c");
        var token = Text((await Admin.GetAsync($"{path}?limit=1"))["metadata"]!["continue"]);
        await Admin.CreateAsync(path, ConfigMap("bb"));
        await Server.ForgetOldVersionsAsync($"{path}?limit=1&continue={token}");

        var status = await Admin.FailAsync(410, $"{path}?limit=1&continue={token}");
        Assert.Equal("Expired", Text(status["reason"]));
        Assert.StartsWith("The provided continue parameter is too old to display a consistent list result.", Text(status["message"]), StringComparison.Ordinal);
        Assert.Equal(["b", "bb", "c"], Names(await Admin.GetAsync($"{path}?continue={Text(status["metadata"]!["continue"])}")));
    }

    [Theory]
    [InlineData("limit=abc")]
    [InlineData("continue=abc")]
    [InlineData("labelSelector=a%3D(b")]
    [InlineData("fieldSelector=spec.nope%3D1")]
    public async Task A_bad_parameter_is_a_400(string query) =>
        Assert.Equal("BadRequest", Text((await Admin.FailAsync(400, $"/api/v1/namespaces/default/configmaps?{query}"))["reason"]));

    [Fact]
    public async Task An_unknown_field_is_named()
    {
        var status = await Admin.FailAsync(400, "/api/v1/namespaces/default/pods?fieldSelector=spec.nope%3D1");
        Assert.Contains("field label not supported: spec.nope", Text(status["message"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tier=front", "a,b")]
    [InlineData("tier==front", "a,b")]
    [InlineData("tier!=front", "c,d")]
    [InlineData("tier=front,env=prod", "a")]
    [InlineData("env in (prod, test)", "a,b")]
    [InlineData("env notin (prod)", "b,c,d")]
    [InlineData("env", "a,b")]
    [InlineData("!env", "c,d")]
    [InlineData("example.com/team=core", "d")]
    [InlineData("tier in (front),!nope", "a,b")]
    public async Task Label_selectors_choose(string selector, string expected)
    {
        var path = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}/configmaps";
        await Admin.CreateAsync(path, ConfigMap("a", """{"tier":"front","env":"prod"}"""));
        await Admin.CreateAsync(path, ConfigMap("b", """{"tier":"front","env":"test"}"""));
        await Admin.CreateAsync(path, ConfigMap("c", """{"tier":"back"}"""));
        await Admin.CreateAsync(path, ConfigMap("d", """{"example.com/team":"core"}"""));
        // With a controller manager, a namespace holds a ConfigMap of its own.
        var names = Names(await Admin.GetAsync($"{path}?labelSelector={Uri.EscapeDataString(selector)}")).Where(n => n != "kube-root-ca.crt");
        Assert.Equal(expected, string.Join(',', names));
    }

    [Theory]
    [InlineData("spec.nodeName=node-1", "a")]
    [InlineData("spec.nodeName!=node-1", "b")]
    [InlineData("status.phase=Pending", "a,b")]
    [InlineData("status.phase=Running", "")]
    [InlineData("spec.restartPolicy=Never", "b")]
    [InlineData("metadata.name=b,spec.nodeName=node-2", "b")]
    public async Task Field_selectors_choose_pods(string selector, string expected)
    {
        var ns = await Server.NewNamespaceAsync();
        foreach (var (name, node, policy) in new[] { ("a", "node-1", "Always"), ("b", "node-2", "Never") })
        {
            await Admin.CreateAsync(
                $"/api/v1/namespaces/{ns}/pods",
                $$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}"},"spec":{"nodeName":"{{{node}}}","restartPolicy":"{{{policy}}}","containers":[{"name":"c","image":"i"}]} }""");
        }
        Assert.Equal(expected, string.Join(',', Names(await Admin.GetAsync($"/api/v1/namespaces/{ns}/pods?fieldSelector={Uri.EscapeDataString(selector)}"))));
    }

    [Fact]
    public async Task Every_kind_that_can_be_listed_can_be_listed_by_name()
    {
        var groups = (await Admin.GetAsync("/apis"))["groups"]!.AsArray().SelectMany(g => g!["versions"]!.AsArray()).Select(v => $"/apis/{v!["groupVersion"]}");
        var kinds = new List<string>();
        foreach (var version in groups.Prepend("/api/v1"))
        {
            var resources = (await Admin.GetAsync(version))["resources"]!.AsArray();
            kinds.AddRange(resources.Where(r => r!["verbs"]!.AsArray().Any(v => Text(v) == "list")).Select(r => $"{version}/{r!["name"]}"));
        }

        Assert.Contains("/apis/contract.example.com/v1/gadgets", kinds);
        foreach (var kind in kinds)
        {
            var all = Names(await Admin.GetAsync(kind));
            Assert.Empty(Names(await Admin.GetAsync($"{kind}?fieldSelector=metadata.name%3Dnobody-is-called-so")));
            if (all.Count > 0)
                Assert.All(Names(await Admin.GetAsync($"{kind}?fieldSelector=metadata.name%3D{Uri.EscapeDataString(all[0])}")).DefaultIfEmpty(), name => Assert.Equal(all[0], name));
        }
    }

    [Fact]
    public async Task A_list_of_all_namespaces_is_in_the_order_of_their_names()
    {
        var (one, two) = (await Server.NewNamespaceAsync(), await Server.NewNamespaceAsync());
        foreach (var (ns, name) in new[] { (two, "a"), (one, "z") })
            await Admin.CreateAsync($"/apis/contract.example.com/v1/namespaces/{ns}/gadgets", Gadget(name));
        var found = (await Admin.GetAsync("/apis/contract.example.com/v1/gadgets"))["items"]!.AsArray()
            .Select(i => $"{i!["metadata"]!["namespace"]}/{i["metadata"]!["name"]}").Where(n => n == $"{one}/z" || n == $"{two}/a");
        Assert.Equal(new[] { $"{one}/z", $"{two}/a" }.Order(StringComparer.Ordinal), found);
    }

    [Fact]
    public async Task A_large_list_is_compressed_for_those_who_ask()
    {
        var path = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}/configmaps";
        await Admin.CreateAsync(path, $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"big"},"data":{"x":"{{{new string('x', 200_000)}}}"} }""");
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var response = await Admin.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        using var plain = await Admin.SendAsync(HttpMethod.Get, path);
        Assert.Empty(plain.Content.Headers.ContentEncoding);
    }

    private async Task<string> ConfigMapsAsync(params string[] names)
    {
        var path = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}/configmaps";
        foreach (var name in names) await Admin.CreateAsync(path, ConfigMap(name));
        return path;
    }

    private static string Gadget(string name) => $$$"""
        { "apiVersion": "contract.example.com/v1", "kind": "Gadget", "metadata": { "name": "{{{name}}}" },
          "spec": { "size": 3, "color": "red", "paused": true, "conditions": [ { "type": "Ready", "status": "True" } ], "checked": "2020-01-01T00:00:00Z" } }
        """;
}
