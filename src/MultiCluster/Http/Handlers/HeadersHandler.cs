namespace MultiCluster.Http;

/// <summary>Adds the headers that all requests to the cluster bear.</summary>
internal sealed class HeadersHandler(ClusterHeaders headers) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        headers.AddTo(request, ApiAttempt.Of(request).Exchange.Request);
        return base.SendAsync(request, cancellationToken);
    }
}
