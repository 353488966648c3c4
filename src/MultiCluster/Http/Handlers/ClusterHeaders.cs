using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Http;

/// <summary>The headers that all requests to one cluster bear.</summary>
internal sealed class ClusterHeaders
{
    private static readonly ProductInfoHeaderValue Agent = new("multicluster", Version());

    private readonly List<KeyValuePair<string, string>> _fixed = [];
    private readonly List<byte[]> _lineStarts = [];
    private readonly string? _host;
    private readonly bool _compresses;

    public ClusterHeaders(KubeconfigContext context, ServerEndpoint endpoint)
    {
        _host = endpoint.HostHeader;
        _compresses = !context.Cluster!.DisableCompression;
        foreach (var (name, values) in Impersonation.HeadersOf(context.User))
        {
            if (values.Any(static value => value.AsSpan().ContainsAnyInRange('\0', '\u001f')))
            {
                throw new FaultException(
                    FaultPhase.Kubeconfig,
                    $"the value of {name} holds a control character",
                    "Correct the user's impersonation settings in the kubeconfig.");
            }

            if (values.Count == 1)
            {
                _fixed.Add(new(name, values[0]));
                continue;
            }

            var next = $"{RepeatedHeaderStream.Separator}{(char)(RepeatedHeaderStream.FirstNumber + _lineStarts.Count)}";
            _lineStarts.Add(Encoding.ASCII.GetBytes($"\r\n{name}: "));
            _fixed.Add(new(name, string.Join(next, values)));
        }
    }

    /// <summary>What <see cref="RepeatedHeaderStream"/> needs, or nothing when no header is repeated.</summary>
    public IReadOnlyList<byte[]> LineStarts => _lineStarts;

    /// <summary>Adds the cluster's headers, and those of <paramref name="request"/>, to <paramref name="message"/>.</summary>
    public void AddTo(HttpRequestMessage message, ApiRequest request)
    {
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        if (request.Compress && _compresses)
            message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        message.Headers.UserAgent.Add(Agent);
        message.Headers.Host = _host;
        foreach (var (name, value) in _fixed)
            message.Headers.TryAddWithoutValidation(name, value);
        foreach (var (name, value) in request.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
    }

    /// <summary>The headers of <paramref name="message"/> for the Debug stream; credentials are masked.</summary>
    public static IReadOnlyList<string> Describe(HttpRequestMessage message)
    {
        var lines = new List<string>();
        foreach (var (name, values) in message.Headers.NonValidated)
        {
            var secret = name.Equals("Authorization", StringComparison.OrdinalIgnoreCase);
            lines.Add(secret
                ? $"{name}: {message.Headers.Authorization?.Scheme} ***"
                : $"{name}: {MessageText.OneLine(string.Join(", ", values))}");
        }

        if (message.Content?.Headers.ContentType is { } type)
            lines.Add($"Content-Type: {type}");
        return lines;
    }

    private static string Version() =>
        typeof(ClusterHeaders).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
