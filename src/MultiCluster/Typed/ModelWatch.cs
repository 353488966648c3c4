using System.Runtime.CompilerServices;
using k8s.Autorest;
using MultiCluster.Api.Watches;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects.Json;
using MultiCluster.Typed.Models;

namespace MultiCluster.Typed;

/// <summary>
/// Reads a typed operation's watch. The library makes its models where nobody can tell whose they are, and without what they do not know:
/// a watch that is asked for with <see cref="Mark"/> is not read by it.
/// </summary>
internal static class ModelWatch
{
    /// <summary>Headers that say who reads; they send nothing.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Mark = new Dictionary<string, IReadOnlyList<string>>();

    private const int LargestEvent = 64 * 1024 * 1024;

    private static readonly HttpRequestOptionsKey<bool> Marked = new("MultiCluster.ModelWatch");

    /// <summary>Keeps the mark with the request.</summary>
    public static HttpResponseMessage Keep(HttpResponseMessage response, IReadOnlyDictionary<string, IReadOnlyList<string>> headers)
    {
        if (ReferenceEquals(headers, Mark))
            response.RequestMessage!.Options.Set(Marked, true);
        return response;
    }

    /// <summary>Whether the answer is left to <see cref="ReadAsync"/>.</summary>
    public static bool IsMarked(HttpRequestMessage request) => request.Options.TryGetValue(Marked, out var marked) && marked;

    /// <summary>The changes, until the server ends the watch.</summary>
    /// <exception cref="FaultException">The watch breaks, or the server ends it with an error.</exception>
    public static async IAsyncEnumerable<KubeModelEvent<T>> ReadAsync<T>(
        IHttpOperationResponse opened, ModelStore models, ClusterIdentity cluster, IClientHost? host, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        using var response = opened.Response;
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var reader = new WatchReader(body, asTable: false, LargestEvent);
        var lines = new List<WatchLine>();
        while (await reader.ReadAsync(lines, cancellationToken).ConfigureAwait(false))
        {
            foreach (var line in lines)
            {
                if (line.Type == WatchLineType.Error)
                    throw new FaultException(StatusAnswer.FaultOf(new JsonSlice(line.Json, 0)) with { Operation = "go on with a watch", Cluster = cluster });
                if (TypeOf(line.Type) is not { } type)
                    continue;
                var model = (T)ModelTypes.Read(typeof(T), line.Json);
                models.Came(model, line.Json, cluster, host);
                yield return new KubeModelEvent<T>(cluster, type, model);
            }

            lines.Clear();
        }
    }

    private static k8s.WatchEventType? TypeOf(WatchLineType type) => type switch
    {
        WatchLineType.Added => k8s.WatchEventType.Added,
        WatchLineType.Modified => k8s.WatchEventType.Modified,
        WatchLineType.Deleted => k8s.WatchEventType.Deleted,
        WatchLineType.Bookmark => k8s.WatchEventType.Bookmark,
        _ => null,
    };
}
