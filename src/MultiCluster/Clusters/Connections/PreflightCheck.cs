using System.Text.Json;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Kubeconfig;
using MultiCluster.Objects.Json;

namespace MultiCluster.Clusters;

/// <summary>Contacts a cluster: version, login, latency, and which physical cluster it is.</summary>
internal sealed class PreflightCheck(ClusterConnection connection)
{
    /// <summary>What fails, whichever of the requests it is.</summary>
    private const string Operation = "connect";

    public async Task<ClusterPreflight> RunAsync(TimeSpan silence, CancellationToken cancellationToken)
    {
        var result = await ContactAsync(silence, cancellationToken).ConfigureAwait(false);
        return result with
        {
            ServerCertificateExpires = connection.Telemetry?.CertificateExpires,
            ClientCertificateExpires = connection.ClientCertificateExpires,
        };
    }

    private async Task<ClusterPreflight> ContactAsync(TimeSpan silence, CancellationToken cancellationToken)
    {
        var result = new ClusterPreflight { ClusterId = connection.Identity.ClusterId, ClusterName = connection.Identity.ClusterName };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<(string?, TimeSpan?)>? asking = null;
        try
        {
            // Both at once: a far cluster costs three round trips, those of its connection among them, in place of four.
            var client = connection.Session.Client;
            asking = UidAsync(client, silence, stop.Token);
            var version = await AskAsync(client, "/version", silence, cancellationToken).ConfigureAwait(false);
            result = Accepted(result);
            if (LenientJson.TextOf(version, "gitVersion") is { } gitVersion)
                result = result with { Version = gitVersion, Distribution = Distribution.Of(gitVersion, ServerOf(connection)) };
            var (uid, latency) = await asking.ConfigureAwait(false);
            return result with { ClusterUid = uid, Latency = latency };
        }
        catch (FaultException e) when (e.Fault.HttpStatus == 403)
        {
            return Accepted(result);
        }
        catch (FaultException e) when (e.Fault.HttpStatus is not null)
        {
            return Reached(result) with { Authenticated = e.Fault.Phase == FaultPhase.Unauthorized ? false : null, Fault = e.Fault };
        }
        catch (FaultException e)
        {
            return result with
            {
                Tls = e.Fault.Phase == FaultPhase.Tls ? "Failed" : null,
                Authenticated = e.Fault.Phase == FaultPhase.Credential ? false : null,
                Fault = e.Fault,
            };
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return result with { Fault = UnforeseenFault.Of(e) with { Cluster = connection.Identity } };
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            if (asking is not null)
                await ((Task)asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Asks for a small JSON or text answer, past the circuit breaker and the login's gate.</summary>
    public static async Task<JsonElement> AskAsync(ApiClient client, string path, TimeSpan silence, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, path)
        {
            Kind = RequestKind.Probe,
            SkipAuthGate = true,
            Operation = path == "/version" ? Operation : $"ask {path}",
            Accept = path == "/version" ? "application/json" : "*/*",
        };
        var bytes = await client.GetBytesAsync(request, cancellationToken, new RequestTimeouts { Silence = silence }).ConfigureAwait(false);
        if (path != "/version")
            return default;
        try
        {
            var version = JsonElement.Parse(bytes);
            return version.ValueKind == JsonValueKind.Object ? version : throw NoVersion(client, null);
        }
        catch (JsonException e)
        {
            throw NoVersion(client, e);
        }
    }

    private static FaultException NoVersion(ApiClient client, JsonException? cause) => new(new Fault
    {
        Phase = FaultPhase.Decode,
        Operation = Operation,
        Detail = "what it answers to /version is no version",
        Advice = "Check that the address in the kubeconfig is a Kubernetes API server.",
        Cluster = client.Identity,
        Cause = cause,
    });

    /// <summary>Which physical cluster it is, and how long its server took to say so.</summary>
    private static async Task<(string? Uid, TimeSpan? Latency)> UidAsync(ApiClient client, TimeSpan silence, CancellationToken cancellationToken)
    {
        TimeSpan? latency = null;
        var request = new ApiRequest(HttpMethod.Get, "/api/v1/namespaces/kube-system")
        {
            Kind = RequestKind.Probe,
            SkipAuthGate = true,
            Operation = Operation,
            Observer = trace => latency = trace.Latency,
        };
        try
        {
            var bytes = await client.GetBytesAsync(request, cancellationToken, new RequestTimeouts { Silence = silence }).ConfigureAwait(false);
            return (new JsonSlice(bytes, 0)["metadata"u8]["uid"u8].AsString(), latency);
        }
        catch (FaultException e) when (e.Fault.HttpStatus is 403 or 404)
        {
            return (null, latency);
        }
    }

    private ClusterPreflight Accepted(ClusterPreflight result) => Reached(result) with
    {
        Authenticated = connection.Session.Credential.IsWithheld ? null : true,
        Notice = connection.Session.Credential.IsWithheld ? WithheldLogin.Notice(connection.Context, connection.Identity) : null,
    };

    private ClusterPreflight Reached(ClusterPreflight result) => result with
    {
        Reachable = true,
        Tls = ServerAddress.Of(connection.Context.Cluster) is { IsPlaintext: true } ? "None" : connection.Insecure ? "NotVerified" : "Verified",
    };

    private static Uri? ServerOf(ClusterConnection connection) =>
        ServerAddress.Of(connection.Context.Cluster)?.Uri;
}
