using MultiCluster.Api.Lists;
using MultiCluster.Http;

namespace MultiCluster.Api.Watches;

/// <summary>
/// What one request of a watch is made through. Taken anew for each: a login that was renewed or a kubeconfig that changed replaces it.
/// </summary>
/// <param name="client">The cluster's client.</param>
/// <param name="objects">Its lists.</param>
/// <param name="use">Keeps both until the request has ended.</param>
internal sealed class WatchLink(ApiClient client, ObjectLister objects, IDisposable use) : IDisposable
{
    public ApiClient Client => client;

    public ObjectLister Objects => objects;

    public void Dispose() => use.Dispose();
}
