using System.Text.Json.Nodes;

namespace MultiCluster.Tests.Sandbox;

// What a server fills in and refuses, whichever way an object is written.
public abstract partial class ApiServerContract
{
    [Fact]
    public async Task A_workload_is_completed_with_defaults_that_nobody_who_applies_owns()
    {
        var created = await ApplyAsync(await DeploymentPathAsync(), "one", Workload("""{"name":"c","image":"i:1"},{"name":"d","image":"i"}"""), 201);
        var spec = created["spec"]!;
        Assert.Equal("1 10 600", $"{spec["replicas"]} {spec["revisionHistoryLimit"]} {spec["progressDeadlineSeconds"]}");
        Assert.Equal("RollingUpdate 25% 25%", $"{spec["strategy"]!["type"]} {spec["strategy"]!["rollingUpdate"]!["maxUnavailable"]} {spec["strategy"]!["rollingUpdate"]!["maxSurge"]}");
        var pod = spec["template"]!["spec"]!;
        Assert.Equal("Always 30 ClusterFirst default-scheduler", $"{pod["restartPolicy"]} {pod["terminationGracePeriodSeconds"]} {pod["dnsPolicy"]} {pod["schedulerName"]}");
        Assert.Equal(
            ["IfNotPresent /dev/termination-log File {}", "Always /dev/termination-log File {}"],
            pod["containers"]!.AsArray().Select(c => $"{c!["imagePullPolicy"]} {c["terminationMessagePath"]} {c["terminationMessagePolicy"]} {c["resources"]!.ToJsonString()}"));
        Assert.DoesNotContain("replicas", Owned(created, "one"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_creates_an_object_in_another_way_owns_its_defaults_too()
    {
        var path = await DeploymentPathAsync();
        var created = await Admin.CreateAsync($"{path[..^2]}?fieldManager=maker", Workload("""{"name":"c","image":"i:1","ports":[{"containerPort":80}]}"""));
        Assert.Equal(
            """{"f:spec":{"f:progressDeadlineSeconds":{},"f:replicas":{},"f:revisionHistoryLimit":{},"f:selector":{},"f:strategy":{"f:rollingUpdate":{".":{},"f:maxSurge":{},"f:maxUnavailable":{}},"f:type":{}},"f:template":{"f:metadata":{"f:labels":{".":{},"f:app":{}}},"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:imagePullPolicy":{},"f:name":{},"f:ports":{".":{},"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{},"f:protocol":{}}},"f:resources":{},"f:terminationMessagePath":{},"f:terminationMessagePolicy":{}}},"f:dnsPolicy":{},"f:restartPolicy":{},"f:schedulerName":{},"f:securityContext":{},"f:terminationGracePeriodSeconds":{}}}}}""",
            Owned(created, "maker", "Update"));
        var status = await ApplyAsync(path, "one", Workload("""{"name":"c","image":"i:2"}""", "\"replicas\":2,"), 409);
        Assert.Equal(
            [".spec.replicas", ".spec.template.spec.containers[name=\"c\"].image"],
            status["details"]!["causes"]!.AsArray().Select(c => Text(c!["field"])).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_applied_no_more_comes_back_as_its_default()
    {
        var path = await DeploymentPathAsync();
        await ApplyAsync(path, "one", Workload("""{"name":"c","image":"i"}""", "\"replicas\":3,\"paused\":true,"), 201);
        var changed = await ApplyAsync(path, "one", Workload("""{"name":"c","image":"i"}"""));
        Assert.Equal("1 2", $"{changed["spec"]!["replicas"]} {changed["metadata"]!["generation"]}");
        Assert.Null(changed["spec"]!["paused"]);
        Assert.Equal("4", Text((await ApplyAsync(path, "two", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"replicas":4}}"""))["spec"]!["replicas"]));
    }

    [Fact]
    public async Task A_selector_cannot_be_changed()
    {
        var path = await DeploymentPathAsync();
        await ApplyAsync(path, "one", Workload("""{"name":"c","image":"i"}"""), 201);
        var status = await ApplyAsync(path, "one", Workload("""{"name":"c","image":"i"}""").Replace("\"app\":\"d\"", "\"app\":\"e\"", StringComparison.Ordinal), 422);
        Assert.Equal(
            "Deployment.apps \"d\" is invalid: spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{\"app\":\"e\"}, "
            + "MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable",
            Text(status["message"]));
        Assert.Equal(["spec.selector FieldValueInvalid"], CausesOf(status));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told()
    {
        var status = await ApplyAsync(await DeploymentPathAsync(), "one", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"replicas":-1}}""", 422);
        Assert.Equal(
            "Deployment.apps \"d\" is invalid: [spec.replicas: Invalid value: -1: must be greater than or equal to 0, spec.selector: Required value, "
            + "spec.template.metadata.labels: Invalid value: map[string]string(nil): `selector` does not match template `labels`, spec.template.spec.containers: Required value]",
            Text(status["message"]));
        Assert.Equal(
            ["spec.replicas FieldValueInvalid", "spec.selector FieldValueRequired", "spec.template.metadata.labels FieldValueInvalid", "spec.template.spec.containers FieldValueRequired"],
            CausesOf(status));
    }

    [Theory]
    [InlineData("apps/v1", "DaemonSet", """{}""", "spec.template.metadata.labels spec.template.spec.containers")]
    [InlineData("apps/v1", "Deployment", """{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"c"}},"spec":{"containers":[{"name":"c"}]}}}""", "spec.template.metadata.labels spec.template.spec.containers[0].image")]
    [InlineData("apps/v1", "Deployment", """{"selector":{"matchLabels":{"a":"b"}},"strategy":{"type":"Recreate","rollingUpdate":{}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}""", "spec.strategy.rollingUpdate")]
    [InlineData("batch/v1", "Job", """{"template":{"spec":{"containers":[{"name":"c","image":"i"}]}}}""", "spec.template.spec.restartPolicy")]
    [InlineData("v1", "Pod", """{"restartPolicy":"X","containers":[{"name":"C_"},{"image":"i"}]}""", "spec.containers[0].name spec.containers[0].image spec.containers[1].name spec.restartPolicy")]
    [InlineData("v1", "Service", """{"type":"Foo","ports":[{"protocol":"TCP","port":0},{"protocol":"TCP","port":81}]}""", "spec.ports[0].name spec.ports[0].port spec.ports[0].targetPort spec.ports[1].name spec.type")]
    [InlineData("v1", "Service", """{"selector":{"a":"b"}}""", "spec.ports")]
    [InlineData("v1", "PersistentVolumeClaim", """{}""", "spec.accessModes spec.resources[storage]")]
    [InlineData("apps/v1", "StatefulSet", """{"replicas":-1,"selector":{"matchLabels":{"a":"b"}},"serviceName":"s","template":{"metadata":{"labels":{"a":"c"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}""", "spec.replicas spec.template.metadata.labels")]
    public async Task What_lacks_something_is_refused(string version, string kind, string spec, string fields)
    {
        var group = version.Contains('/', StringComparison.Ordinal) ? $"apis/{version}" : $"api/{version}";
        var body = $$"""{"apiVersion":"{{version}}","kind":"{{kind}}","metadata":{"name":"x"},"spec":{{spec}} }""";
        var path = $"/{group}/namespaces/{await Server.NewNamespaceAsync()}/{kind.ToLowerInvariant()}s";
        var status = await ApplyAsync($"{path}/x", "one", body, 422);
        Assert.Equal(fields, string.Join(' ', status["details"]!["causes"]!.AsArray().Select(c => Text(c!["field"]))));
        Assert.Equal(Text(status["message"]), Text((await Admin.JsonAsync(HttpMethod.Post, path, 422, body))["message"]));
    }

    [Fact]
    public async Task Labels_and_keys_have_their_rules()
    {
        var body = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","labels":{"a b":"c d"},"annotations":{"x y":"1"}},"data":{"a b":"2"}}""";
        var status = await ApplyAsync($"{await ConfigMapsAsync()}/a", "one", body, 422);
        Assert.Equal(
            ["metadata.labels FieldValueInvalid", "metadata.labels FieldValueInvalid", "metadata.annotations FieldValueInvalid", "data[a b] FieldValueInvalid"], CausesOf(status));
        Assert.Contains("data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.'", Text(status["message"]), StringComparison.Ordinal);
        Assert.Contains("metadata.labels: Invalid value: \"c d\": a valid label must be an empty string or consist of", Text(status["message"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_immutable_ConfigMap_stays_as_it_is()
    {
        var path = $"{await ConfigMapsAsync()}/a";
        var body = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"immutable":true,"data":{"x":"1"}}""";
        await ApplyAsync(path, "one", body, 201);
        var status = await ApplyAsync(path, "one", body.Replace("\"1\"", "\"2\"", StringComparison.Ordinal), 422);
        Assert.Equal("ConfigMap \"a\" is invalid: data: Forbidden: field is immutable when `immutable` is set", Text(status["message"]));
        status = await ApplyAsync(path, "one", Map("""{"x":"2"}"""), 422);
        Assert.Equal(["immutable FieldValueForbidden", "data FieldValueForbidden"], CausesOf(status));
        Assert.Equal("1", Text((await ApplyAsync(path, "one", body.Replace("\"name\":\"a\"", "\"name\":\"a\",\"labels\":{\"l\":\"1\"}", StringComparison.Ordinal)))["metadata"]!["labels"]!["l"]));
    }

    [Fact]
    public async Task A_Secret_takes_plain_text_and_keeps_its_type()
    {
        var path = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}/secrets/s";
        var body = """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"stringData":{"a":"x"},"data":{"b":"eA=="}}""";
        var created = await ApplyAsync(path, "one", body, 201);
        Assert.Equal("Opaque eA== eA==", $"{created["type"]} {created["data"]!["a"]} {created["data"]!["b"]}");
        Assert.Null(created["stringData"]);
        var status = await ApplyAsync(path, "one", body.Replace("\"stringData\"", "\"type\":\"foo\",\"stringData\"", StringComparison.Ordinal), 422);
        Assert.Equal("Secret \"s\" is invalid: type: Invalid value: \"foo\": field is immutable", Text(status["message"]));
        status = await ApplyAsync(
            path[..^1] + "t", "one", """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"t"},"type":"kubernetes.io/tls","data":{"b":"eA=="}}""", 422);
        Assert.Equal("Secret \"t\" is invalid: [data[tls.crt]: Required value, data[tls.key]: Required value]", Text(status["message"]));
    }

    [Fact]
    public async Task A_Service_gets_its_address_once()
    {
        var path = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}/services/s";
        var created = await ApplyAsync(path, "one", ServiceOf(""), 201);
        var address = Text(created["spec"]!["clusterIP"]);
        Assert.True(System.Net.IPAddress.TryParse(address, out _));
        Assert.Equal($"ClusterIP None 80 {address}", $"{created["spec"]!["type"]} {created["spec"]!["sessionAffinity"]} {created["spec"]!["ports"]![0]!["targetPort"]} {created["spec"]!["clusterIPs"]![0]}");
        Assert.DoesNotContain("clusterIP", Owned(created, "one"), StringComparison.Ordinal);
        Assert.Equal(Version(created), Version(await ApplyAsync(path, "one", ServiceOf(""))));
        var outside = await ApplyAsync(path, "one", ServiceOf("\"type\":\"NodePort\","));
        Assert.Equal($"{address} Cluster", $"{outside["spec"]!["clusterIP"]} {outside["spec"]!["externalTrafficPolicy"]}");
        Assert.InRange(outside["spec"]!["ports"]![0]!["nodePort"]!.GetValue<int>(), 30000, 32767);
        var status = await ApplyAsync(path, "one", ServiceOf("\"clusterIP\":\"10.0.0.250\","), 422);
        Assert.Equal("Service \"s\" is invalid: spec.clusterIPs[0]: Invalid value: []string{\"10.0.0.250\"}: may not change once set", Text(status["message"]));
        var headless = await ApplyAsync(path[..^1] + "h", "one", ServiceOf("\"clusterIP\":\"None\",").Replace("\"name\":\"s\"", "\"name\":\"h\"", StringComparison.Ordinal), 201);
        Assert.Equal("""["None"]""", headless["spec"]!["clusterIPs"]!.ToJsonString());
    }

    [Fact]
    public async Task A_pod_changes_its_image_and_little_else()
    {
        var path = $"/api/v1/namespaces/{await Server.NewNamespaceAsync()}/pods/p";
        var body = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}""";
        await ApplyAsync(path, "one", body, 201);
        Assert.Equal("j", Text((await ApplyAsync(path, "one", body.Replace("\"i\"", "\"j\"", StringComparison.Ordinal)))["spec"]!["containers"]![0]!["image"]));
        var status = await ApplyAsync(path, "one", body.Replace("\"i\"", "\"j\",\"args\":[\"a\"]", StringComparison.Ordinal), 422);
        Assert.StartsWith("Pod \"p\" is invalid: spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`", Text(status["message"]), StringComparison.Ordinal);
        Assert.Equal(["spec FieldValueForbidden"], CausesOf(status));
    }

    [Fact]
    public async Task A_StatefulSet_a_Job_and_a_claim_change_what_they_may()
    {
        var ns = await Server.NewNamespaceAsync();
        var set = """{"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"x"},"spec":{"serviceName":"s","selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}""";
        var created = await ApplyAsync($"/apis/apps/v1/namespaces/{ns}/statefulsets/x", "one", set, 201);
        Assert.Equal("OrderedReady 0 1", $"{created["spec"]!["podManagementPolicy"]} {created["spec"]!["updateStrategy"]!["rollingUpdate"]!["partition"]} {created["spec"]!["replicas"]}");
        await ApplyAsync($"/apis/apps/v1/namespaces/{ns}/statefulsets/x", "one", set.Replace("\"i\"", "\"j\"", StringComparison.Ordinal));
        var status = await ApplyAsync($"/apis/apps/v1/namespaces/{ns}/statefulsets/x", "one", set.Replace("\"s\"", "\"t\"", StringComparison.Ordinal), 422);
        Assert.Equal(["spec FieldValueForbidden"], CausesOf(status));

        var job = """{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"x"},"spec":{"completions":1,"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}""";
        created = await ApplyAsync($"/apis/batch/v1/namespaces/{ns}/jobs/x", "one", job, 201);
        Assert.Equal("1 1 6", $"{created["spec"]!["parallelism"]} {created["spec"]!["completions"]} {created["spec"]!["backoffLimit"]}");
        status = await ApplyAsync($"/apis/batch/v1/namespaces/{ns}/jobs/x", "one", job.Replace("\"completions\":1", "\"completions\":5", StringComparison.Ordinal).Replace("\"i\"", "\"j\"", StringComparison.Ordinal), 422);
        Assert.Equal(["spec.completions FieldValueInvalid", "spec.template FieldValueInvalid"], CausesOf(status));

        var claim = """{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"x"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}""";
        created = await ApplyAsync($"/api/v1/namespaces/{ns}/persistentvolumeclaims/x", "one", claim, 201);
        Assert.Equal("Filesystem Pending", $"{created["spec"]!["volumeMode"]} {created["status"]!["phase"]}");
        status = await ApplyAsync($"/api/v1/namespaces/{ns}/persistentvolumeclaims/x", "one", claim.Replace("Once", "Many", StringComparison.Ordinal), 422);
        Assert.StartsWith("PersistentVolumeClaim \"x\" is invalid: spec: Forbidden: spec is immutable after creation except resources.requests for bound claims", Text(status["message"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_namespace_is_applied_and_keeps_its_own()
    {
        var name = $"{await Server.NewNamespaceAsync()}-applied";
        var created = await ApplyAsync($"/api/v1/namespaces/{name}", "one", $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}","labels":{"a":"b"} } }""", 201);
        Assert.Equal("Active kubernetes", $"{created["status"]!["phase"]} {created["spec"]!["finalizers"]![0]}");
        var changed = await ApplyAsync($"/api/v1/namespaces/{name}", "one", $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"} }""");
        Assert.Null(changed["metadata"]!["labels"]?["a"]);
        Assert.Equal("Active kubernetes", $"{changed["status"]!["phase"]} {changed["spec"]!["finalizers"]![0]}");
    }

    [Fact]
    public async Task A_definition_is_applied_and_then_served()
    {
        var body = """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.contract.example.com"},"spec":{"group":"contract.example.com",
             "scope":"Namespaced","names":{"kind":"Widget","plural":"widgets"},"versions":[{"name":"v1","served":true,"storage":true,
             "schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
            """;
        var path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.contract.example.com";
        var created = await ApplyAsync(path, "one", body, 201);
        Assert.Equal("widget WidgetList None", $"{created["spec"]!["names"]!["singular"]} {created["spec"]!["names"]!["listKind"]} {created["spec"]!["conversion"]!["strategy"]}");
        await Server.UntilServedAsync("/apis/contract.example.com/v1/widgets");
        var established = await Admin.GetAsync(path);
        Assert.Contains(established["status"]!["conditions"]!.AsArray(), c => Text(c!["type"]) == "Established" && Text(c["status"]) == "True");
        Assert.Equal("v1", Text(established["status"]!["storedVersions"]![0]));
        Assert.Equal(Version(established), Version(await ApplyAsync(path, "one", body)));
    }

    [Fact]
    public async Task A_role_of_a_binding_cannot_be_changed()
    {
        var path = $"/apis/rbac.authorization.k8s.io/v1/namespaces/{await Server.NewNamespaceAsync()}/rolebindings/r";
        var body = """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"r"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"x"},"subjects":[{"kind":"User","name":"u"}]}""";
        var created = await ApplyAsync(path, "one", body, 201);
        Assert.Equal("rbac.authorization.k8s.io", Text(created["subjects"]![0]!["apiGroup"]));
        var status = await ApplyAsync(path, "one", body.Replace("\"x\"", "\"y\"", StringComparison.Ordinal), 422);
        Assert.Equal(
            "RoleBinding.rbac.authorization.k8s.io \"r\" is invalid: roleRef: Invalid value: rbac.RoleRef{APIGroup:\"rbac.authorization.k8s.io\", Kind:\"Role\", Name:\"y\"}: cannot change roleRef",
            Text(status["message"]));
    }

    private static string ServiceOf(string spec) =>
        $$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"s"},"spec":{ {{{spec}}}"selector":{"app":"d"},"ports":[{"protocol":"TCP","port":80}]}}""";

    private static List<string> CausesOf(JsonNode status) => [.. status["details"]!["causes"]!.AsArray().Select(c => $"{c!["field"]} {c["reason"]}")];
}
