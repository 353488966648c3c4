using System.Globalization;
using System.Text.Json.Nodes;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Changes.Wanted;

/// <summary>The pods of a workload as it describes them, and JSON patches of their containers: these hold for kinds of any maker.</summary>
internal static class PodTemplate
{
    private static readonly string[] Paths = ["/spec/template/spec", "/spec/jobTemplate/spec/template/spec", "/spec"];
    private static readonly string[] Lists = ["containers", "initContainers"];

    /// <summary>Sets images by the containers' names; <c>*</c> is every container.</summary>
    /// <exception cref="FaultException">There is no such container (Invalid).</exception>
    public static JsonArray SetImages(KubeObject item, IReadOnlyDictionary<string, string> images)
    {
        var operations = new JsonArray();
        var known = Containers(item);
        foreach (var (name, image) in images)
        {
            foreach (var container in Found(item, known, name).Where(container => container.Json["image"u8].AsString() != image))
            {
                operations.Add(Operation("test", $"{container.Path}/name", container.Name));
                operations.Add(Operation("replace", $"{container.Path}/image", image));
            }
        }

        return operations;
    }

    /// <summary>Sets variables of every container, or of those named; null as a value removes one.</summary>
    /// <exception cref="FaultException">There is no such container (Invalid).</exception>
    public static JsonArray SetVariables(KubeObject item, IReadOnlyDictionary<string, string?> variables, IReadOnlyList<string> containers)
    {
        var operations = new JsonArray();
        var known = Containers(item);
        var wanted = containers.Count > 0
            ? containers.SelectMany(name => Found(item, known, name))
            : Found(item, known, "*").Where(static container => container.Path.Contains("/containers/", StringComparison.Ordinal));
        foreach (var container in wanted)
        {
            operations.Add(Operation("test", $"{container.Path}/name", container.Name));
            var before = operations.Count;
            SetVariables(container, variables, operations);
            if (operations.Count == before)
                operations.RemoveAt(before - 1);
        }

        return operations;
    }

    private static void SetVariables(Container container, IReadOnlyDictionary<string, string?> variables, JsonArray operations)
    {
        var there = new List<(string Name, JsonSlice Json)>();
        foreach (var variable in container.Json["env"u8].Elements)
            there.Add((variable["name"u8].AsString() ?? "", variable));
        var hasList = there.Count > 0;
        foreach (var (name, value) in variables)
        {
            var at = there.FindIndex(variable => variable.Name == name);
            var entry = value is null ? null : new JsonObject { ["name"] = name, ["value"] = value };
            if (at >= 0 && value is null)
            {
                operations.Add(Operation("test", $"{container.Path}/env/{Number(at)}/name", name));
                operations.Add(new JsonObject { ["op"] = "remove", ["path"] = $"{container.Path}/env/{Number(at)}" });
                there.RemoveAt(at);
            }
            else if (at >= 0 && there[at].Json["value"u8].AsString() != value)
            {
                operations.Add(Operation("test", $"{container.Path}/env/{Number(at)}/name", name));
                operations.Add(new JsonObject { ["op"] = "replace", ["path"] = $"{container.Path}/env/{Number(at)}", ["value"] = entry });
            }
            else if (at < 0 && entry is not null)
            {
                operations.Add(new JsonObject { ["op"] = "add", ["path"] = hasList ? $"{container.Path}/env/-" : $"{container.Path}/env", ["value"] = hasList ? entry : new JsonArray(entry) });
                hasList = true;
                there.Add((name, default));
            }
        }
    }

    private static IEnumerable<Container> Found(KubeObject item, IReadOnlyList<Container> known, string name)
    {
        var found = name == "*" ? known : [.. known.Where(container => container.Name == name)];
        if (found.Count > 0)
            return found;
        throw new FaultException(
            FaultPhase.Invalid,
            known.Count == 0 ? $"a {item.Kind} has no containers" : $"there is no container {name}",
            known.Count == 0 ? "Name a Pod, or a workload that describes pods." : $"It has {NameList.Of([.. known.Select(static container => container.Name)])}.");
    }

    private static List<Container> Containers(KubeObject item)
    {
        var found = new List<Container>();
        foreach (var path in Paths)
        {
            var pod = item.Root;
            foreach (var part in path[1..].Split('/'))
                pod = pod.TryGetMember(part, out var next) ? next : default;
            foreach (var list in Lists)
            {
                if (!pod.IsObject || !pod.TryGetMember(list, out var containers))
                    continue;
                var at = 0;
                foreach (var container in containers.Elements)
                    found.Add(new($"{path}/{list}/{Number(at++)}", container["name"u8].AsString() ?? "", container));
            }

            if (found.Count > 0)
                break;
        }

        return found;
    }

    private static JsonObject Operation(string operation, string path, string value) => new() { ["op"] = operation, ["path"] = path, ["value"] = value };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Container(string Path, string Name, JsonSlice Json);
}
