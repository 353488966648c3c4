using System.Collections.Concurrent;
using System.Text;
using MultiCluster.Api.Discovery;
using MultiCluster.Faults;

namespace MultiCluster.Tests.Api.Discovery;

/// <summary>A server's recorded answers.</summary>
internal sealed class RecordedDiscovery : IDiscoveryTransport
{
    private readonly ConcurrentDictionary<string, Func<string, CancellationToken, Task<DiscoveryAnswer>>> _answers = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private int _running;
    private int _mostRunning;

    public IReadOnlyList<string> Requests => [.. _requests];

    public int MostRunning => _mostRunning;

    public static RecordedDiscovery Of(IReadOnlyDictionary<string, string> documents)
    {
        var recorded = new RecordedDiscovery();
        foreach (var (path, json) in documents)
            recorded.Answer(path, json);
        return recorded;
    }

    public RecordedDiscovery Answer(string path, string body, string contentType = "application/json") =>
        Answer(path, (_, _) => Task.FromResult(Text(body, contentType)));

    public RecordedDiscovery Answer(string path, Func<string, CancellationToken, Task<DiscoveryAnswer>> answer)
    {
        _answers[path] = answer;
        return this;
    }

    public RecordedDiscovery Fail(string path, FaultPhase phase, int status, string detail) =>
        Answer(path, (_, _) => throw new FaultException(new Fault { Phase = phase, HttpStatus = status, Detail = detail }));

    public static DiscoveryAnswer Text(string body, string contentType = "application/json") => new(contentType, Encoding.UTF8.GetBytes(body));

    public async Task<DiscoveryAnswer> GetAsync(string path, string accept, CancellationToken cancellationToken)
    {
        _requests.Enqueue(path);
        var running = Interlocked.Increment(ref _running);
        lock (_requests)
            _mostRunning = Math.Max(_mostRunning, running);
        try
        {
            if (!_answers.TryGetValue(path, out var answer))
                throw new FaultException(new Fault { Phase = FaultPhase.NotFound, HttpStatus = 404, Detail = "404 page not found" });
            return await answer(accept, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
