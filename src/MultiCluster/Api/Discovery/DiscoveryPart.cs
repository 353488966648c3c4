using System.Text.Json;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Api.Discovery;

/// <summary>What one discovery document gave.</summary>
internal sealed class DiscoveryPart
{
    public List<ResourceKind> Kinds { get; } = [];

    public List<DiscoveryNotice> Notices { get; } = [];

    /// <summary>Why the document could not be had.</summary>
    public Fault? Fault { get; init; }

    public static DiscoveryPart Failed(string groupVersion, Fault fault) =>
        new() { Fault = fault, Notices = { new(groupVersion, fault.Detail) } };

    public void Add(DiscoveryPart part)
    {
        Kinds.AddRange(part.Kinds);
        Notices.AddRange(part.Notices);
    }

    /// <summary>Reads <paramref name="answer"/> with <paramref name="read"/>; whatever is wrong with its text becomes a Decode fault.</summary>
    public static T Decode<T>(string path, DiscoveryAnswer answer, Func<JsonSlice, T?> read)
        where T : class
    {
        try
        {
            var start = JsonWalk.SkipSpace(answer.Body, 0);
            JsonWalk.After(answer.Body, start); // a document that ends early is none, whatever is missing
            return read(new JsonSlice(answer.Body, start)) ?? throw NoDocument(path, answer, null);
        }
        catch (Exception error) when (error is FormatException or EndOfStreamException or JsonException or InvalidOperationException)
        {
            throw NoDocument(path, answer, error);
        }
    }

    private static FaultException NoDocument(string path, DiscoveryAnswer answer, Exception? cause) => new(
        FaultPhase.Decode,
        $"the answer to GET {path} is no discovery document ({answer.ContentType ?? "no content type"}, {answer.Body.Length} bytes)",
        "Check that the server's address is a Kubernetes API server and that no proxy answers in its place.",
        cause);
}
