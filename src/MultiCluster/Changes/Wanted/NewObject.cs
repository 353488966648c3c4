using System.Text;
using System.Text.Json.Nodes;
using MultiCluster.Faults;

namespace MultiCluster.Changes.Wanted;

/// <summary>The objects that people make by a few words, as <c>kubectl create</c> makes them.</summary>
internal static class NewObject
{
    /// <summary>The kinds, each by the names that people write.</summary>
    private static readonly (string Kind, IReadOnlyList<string> Names)[] Kinds =
    [
        ("ConfigMap", ["configmap", "configmaps", "cm"]),
        ("Secret", ["secret", "secrets"]),
        ("Namespace", ["namespace", "namespaces", "ns"]),
        ("ServiceAccount", ["serviceaccount", "serviceaccounts", "sa"]),
        ("Deployment", ["deployment", "deployments", "deploy"]),
        ("Job", ["job", "jobs"]),
    ];

    /// <summary>The kind that a name means.</summary>
    /// <exception cref="FaultException">There is none that is made so (Invalid).</exception>
    public static string KindOf(string name)
    {
        foreach (var (kind, names) in Kinds)
        {
            if (names.Contains(name, StringComparer.OrdinalIgnoreCase))
                return kind;
        }

        throw new FaultException(
            FaultPhase.Invalid,
            $"a {name} is not made by a few words",
            $"{NameList.Of([.. Kinds.Select(static one => one.Names[0]).SkipLast(1)])} and {Kinds[^1].Names[0]} are; give all else as YAML, a file (-Path) or a table.");
    }

    /// <summary>A ConfigMap; what is no text goes into binaryData.</summary>
    public static JsonObject ConfigMap(string name, IReadOnlyDictionary<string, string> texts, IReadOnlyDictionary<string, byte[]> files)
    {
        var root = Object("v1", "ConfigMap", name);
        var (data, binary) = (new JsonObject(), new JsonObject());
        foreach (var (key, text) in texts)
            data[key] = text;
        foreach (var (key, bytes) in files)
        {
            if (TextOf(bytes) is { } text)
                data[key] = text;
            else
                binary[key] = Convert.ToBase64String(bytes);
        }

        if (data.Count > 0)
            root["data"] = data;
        if (binary.Count > 0)
            root["binaryData"] = binary;
        return root;
    }

    /// <summary>A Secret.</summary>
    public static JsonObject Secret(string name, string type, IReadOnlyDictionary<string, string> texts, IReadOnlyDictionary<string, byte[]> files)
    {
        var root = Object("v1", "Secret", name);
        root["type"] = type;
        var data = new JsonObject();
        foreach (var (key, text) in texts)
            data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        foreach (var (key, bytes) in files)
            data[key] = Convert.ToBase64String(bytes);
        if (data.Count > 0)
            root["data"] = data;
        return root;
    }

    /// <summary>An object of the core group that is nothing but its name.</summary>
    public static JsonObject Named(string kind, string name) => Object("v1", kind, name);

    /// <summary>A Deployment of one container.</summary>
    public static JsonObject Deployment(string name, string image, int replicas, int? port)
    {
        var root = Object("apps/v1", "Deployment", name);
        root["metadata"]!["labels"] = new JsonObject { ["app"] = name };
        root["spec"] = new JsonObject
        {
            ["replicas"] = replicas,
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = name } },
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = name } },
                ["spec"] = new JsonObject { ["containers"] = new JsonArray(Container(image, port, [])) },
            },
        };
        return root;
    }

    /// <summary>A Job of one container.</summary>
    public static JsonObject Job(string name, string image, IReadOnlyList<string> command)
    {
        var root = Object("batch/v1", "Job", name);
        root["spec"] = new JsonObject
        {
            ["template"] = new JsonObject { ["spec"] = new JsonObject { ["containers"] = new JsonArray(Container(image, null, command)), ["restartPolicy"] = "Never" } },
        };
        return root;
    }

    /// <summary>A container is called as kubectl calls it: the image's own name.</summary>
    private static JsonObject Container(string image, int? port, IReadOnlyList<string> command)
    {
        var own = image[(image.LastIndexOf('/') + 1)..].Split(':', '@')[0];
        var container = new JsonObject { ["name"] = own, ["image"] = image };
        if (port is { } number)
            container["ports"] = new JsonArray(new JsonObject { ["containerPort"] = number });
        if (command.Count > 0)
            container["command"] = new JsonArray([.. command.Select(static part => JsonValue.Create(part))]);
        return container;
    }

    private static JsonObject Object(string version, string kind, string name) =>
        new() { ["apiVersion"] = version, ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = name } };

    private static string? TextOf(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
