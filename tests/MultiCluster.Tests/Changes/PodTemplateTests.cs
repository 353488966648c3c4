using System.Text.Json.Nodes;
using MultiCluster.Changes.Wanted;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Tests.Objects.Kinds;

namespace MultiCluster.Tests.Changes;

/// <summary>Images and variables of the containers that a workload describes, set by JSON patches.</summary>
public sealed class PodTemplateTests
{
    private const string Pods = """{"initContainers":[{"name":"init","image":"x:1"}],"containers":[{"name":"app","image":"x:1","env":[{"name":"A","value":"1"},{"name":"B","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}},{"name":"C","value":"3"}]},{"name":"side","image":"y:1"}]}""";

    [Theory]
    [InlineData("v1", "Pod", "{0}", "/spec")]
    [InlineData("apps/v1", "Deployment", """{"template":{"spec":{0}}}""", "/spec/template/spec")]
    [InlineData("batch/v1", "CronJob", """{"jobTemplate":{"spec":{"template":{"spec":{0}}}}}""", "/spec/jobTemplate/spec/template/spec")]
    [InlineData("example.com/v1", "Rollout", """{"template":{"spec":{0}}}""", "/spec/template/spec")]
    public void An_image_is_set_where_the_kind_has_its_pods(string version, string kind, string spec, string path) => Assert.Equal(
        $$"""[{"op":"test","path":"{{path}}/containers/1/name","value":"side"},{"op":"replace","path":"{{path}}/containers/1/image","value":"y:2"}]""",
        Images(Read(version, kind, spec.Replace("{0}", Pods, StringComparison.Ordinal)), ("side", "y:2")));

    [Fact]
    public void A_container_that_has_the_image_is_left_alone() => Assert.Equal("[]", Images(Deployment(), ("app", "x:1")));

    [Fact]
    public void An_asterisk_is_every_container_init_containers_too() =>
        Assert.Equal(3, PodTemplate.SetImages(Deployment(), new Dictionary<string, string> { ["*"] = "z:1" }).Count(static operation => operation!["op"]!.ToString() == "replace"));

    [Fact]
    public void A_container_that_is_not_there_is_an_error_that_names_those_that_are()
    {
        var fault = Assert.Throws<FaultException>(() => Images(Deployment(), ("ap", "x:2"))).Fault;
        Assert.Equal((FaultPhase.Invalid, "there is no container ap"), (fault.Phase, fault.Detail));
        Assert.Contains("app", fault.Advice, StringComparison.Ordinal);
        Assert.Contains("init", fault.Advice, StringComparison.Ordinal);
        Assert.Equal(fault.Detail, Assert.Throws<FaultException>(() => Variables(Deployment(), ["ap"], ("A", "2"))).Fault.Detail);
    }

    [Fact]
    public void What_describes_no_pods_has_no_containers()
    {
        var map = Read("v1", "ConfigMap", "{}");
        Assert.Equal("a ConfigMap has no containers", Assert.Throws<FaultException>(() => Images(map, ("*", "x:2"))).Fault.Detail);
        Assert.Equal("a ConfigMap has no containers", Assert.Throws<FaultException>(() => Variables(map, [], ("A", "2"))).Fault.Detail);
    }

    [Fact]
    public void Variables_are_set_in_every_container_but_not_in_those_that_run_before()
    {
        var patch = Variables(Deployment(), [], ("A", "2"));
        Assert.DoesNotContain("initContainers", patch, StringComparison.Ordinal);
        Assert.Equal(
            """
            [{"op":"test","path":"/spec/template/spec/containers/0/name","value":"app"},{"op":"test","path":"/spec/template/spec/containers/0/env/0/name","value":"A"},{"op":"replace","path":"/spec/template/spec/containers/0/env/0","value":{"name":"A","value":"2"}},{"op":"test","path":"/spec/template/spec/containers/1/name","value":"side"},{"op":"add","path":"/spec/template/spec/containers/1/env","value":[{"name":"A","value":"2"}]}]
            """.Trim(),
            patch);
    }

    [Fact]
    public void A_variable_that_has_its_value_is_left_alone() => Assert.Equal("[]", Variables(Deployment(), ["app"], ("A", "1"), ("Z", null)));

    [Fact]
    public void A_value_takes_the_place_of_a_reference() =>
        Assert.Contains("""{"op":"replace","path":"/spec/template/spec/containers/0/env/1","value":{"name":"B","value":"x"}}""", Variables(Deployment(), ["app"], ("B", "x")), StringComparison.Ordinal);

    [Fact]
    public void Several_variables_are_taken_away_added_and_changed_each_at_its_place_then()
    {
        var env = Applied(Deployment(), ("A", null), ("C", "4"), ("D", "5"), ("B", null), ("E", "6"));
        Assert.Equal(["C=4", "D=5", "E=6"], env);
    }

    [Fact]
    public void The_first_variables_of_a_container_go_into_one_list() => Assert.Equal(
        ["A=1", "B=2"],
        Applied(Read("v1", "Pod", """{"containers":[{"name":"app","image":"x"}]}"""), ("A", "1"), ("B", "2")));

    private static string Images(KubeObject item, params (string Container, string Image)[] images) =>
        PodTemplate.SetImages(item, images.ToDictionary(static one => one.Container, static one => one.Image)).ToJsonString();

    private static string Variables(KubeObject item, string[] containers, params (string Name, string? Value)[] variables) =>
        PodTemplate.SetVariables(item, variables.ToDictionary(static one => one.Name, static one => one.Value), containers).ToJsonString();

    /// <summary>The variables of the first container, after the patch has been carried out.</summary>
    private static IEnumerable<string> Applied(KubeObject item, params (string Name, string? Value)[] variables)
    {
        var container = item.Kind == "Pod" ? "/spec/containers/0" : "/spec/template/spec/containers/0";
        JsonNode pods = JsonNode.Parse(item.Root.Raw.ToArray())!;
        var at = item.Kind == "Pod" ? pods["spec"]!["containers"]![0]! : pods["spec"]!["template"]!["spec"]!["containers"]![0]!;
        foreach (var operation in PodTemplate.SetVariables(item, new OrderedDictionary<string, string?>(variables.Select(static one => KeyValuePair.Create(one.Name, one.Value))), [at["name"]!.ToString()]))
        {
            var (op, path) = (operation!["op"]!.ToString(), operation["path"]!.ToString()[container.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries));
            var value = operation["value"]?.DeepClone();
            switch (op, path)
            {
                case ("test", ["name"]):
                    Assert.Equal(at["name"]!.ToString(), value!.ToString());
                    break;
                case ("test", ["env", var place, "name"]):
                    Assert.Equal(at["env"]![int.Parse(place, null)]!["name"]!.ToString(), value!.ToString());
                    break;
                case ("add", ["env"]):
                    at["env"] = value;
                    break;
                case ("add", ["env", "-"]):
                    at["env"]!.AsArray().Add(value);
                    break;
                case ("replace", ["env", var place]):
                    at["env"]![int.Parse(place, null)] = value;
                    break;
                case ("remove", ["env", var place]):
                    at["env"]!.AsArray().RemoveAt(int.Parse(place, null));
                    break;
                default:
                    Assert.Fail($"{operation}");
                    break;
            }
        }

        return at["env"]!.AsArray().Select(static variable => $"{variable!["name"]}={variable["value"]}");
    }

    private static KubeObject Deployment() => Read("apps/v1", "Deployment", $$$"""{"template":{"spec":{{{Pods}}}}}""");

    private static KubeObject Read(string version, string kind, string spec) =>
        Sample.Read(version, kind, $$"""{"apiVersion":"{{version}}","kind":"{{kind}}","metadata":{"name":"web","namespace":"web"},"spec":{{spec}}}""");
}
