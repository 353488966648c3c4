using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;

namespace MultiCluster.Http;

/// <summary>The headers that all requests to one cluster bear.</summary>
internal sealed class RequestHeaders
{
    private static readonly ProductInfoHeaderValue Agent = new("multicluster", Version());

    private readonly List<KeyValuePair<string, string>> _fixed = [];
    private readonly List<byte[]> _lineStarts = [];
    private readonly string? _host;

    public RequestHeaders(KubeconfigContext context, ServerEndpoint endpoint)
    {
        _host = endpoint.HostHeader;
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

    /// <summary>Adds the cluster's headers to <paramref name="message"/>.</summary>
    public void AddTo(HttpRequestMessage message)
    {
        message.Headers.UserAgent.Add(Agent);
        message.Headers.Host = _host;
        foreach (var (name, value) in _fixed)
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
        typeof(RequestHeaders).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
