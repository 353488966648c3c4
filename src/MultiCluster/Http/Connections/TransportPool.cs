using System.Security.Cryptography.X509Certificates;

namespace MultiCluster.Http;

/// <summary>
/// One cluster's present <see cref="Transport"/>. Three failures within 30 s replace it, at most once a minute: connections that a
/// network change has left half-dead, names that resolve elsewhere now, a certificate authority file that was renewed.
/// </summary>
internal sealed class TransportPool(TransportSettings settings, ApiTelemetry telemetry) : IDisposable
{
    private const int FailuresToRebuild = 3;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Cooldown = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Queue<long> _failures = new();
    private Transport? _current;
    private long? _rebuiltAt;
    private bool _disposed;

    /// <summary>The transport for a request; the caller calls <see cref="Transport.Leave"/> in the end.</summary>
    public Transport Enter(X509Certificate2? certificate, X509Certificate2Collection? chain)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_current is not null && !_current.Shows(certificate))
                RetireCurrent();
            _current ??= new Transport(settings, certificate, chain);
            _current.TryEnter();
            return _current;
        }
    }

    /// <summary>A request on <paramref name="transport"/> failed below HTTP.</summary>
    public void ReportFailure(Transport transport)
    {
        lock (_lock)
        {
            if (transport != _current)
                return;
            var time = settings.TimeProvider;
            var now = time.GetTimestamp();
            _failures.Enqueue(now);
            while (time.GetElapsedTime(_failures.Peek(), now) > Window)
                _failures.Dequeue();
            if (_failures.Count < FailuresToRebuild || (_rebuiltAt is { } at && time.GetElapsedTime(at, now) < Cooldown))
                return;
            _rebuiltAt = now;
            telemetry.Rebuilt();
            RetireCurrent();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            RetireCurrent();
        }
    }

    private void RetireCurrent()
    {
        _current?.Dispose();
        _current = null;
        _failures.Clear();
    }
}
