using System.Text.Json;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Kubeconfig;
using MultiCluster.Objects.Json;

namespace MultiCluster.Clusters;

/// <summary>Contacts a cluster: version, login, latency, and which physical cluster it is.</summary>
internal sealed class PreflightCheck(ClusterConnection connection, TimeProvider time)
{
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
        try
        {
            var client = connection.Session.Client;
            var version = await AskAsync(client, "/version", silence, cancellationToken).ConfigureAwait(false);
            result = Accepted(result);
            if (LenientJson.TextOf(version, "gitVersion") is { } gitVersion)
                result = result with { Version = gitVersion, Distribution = Distribution.Of(gitVersion, ServerOf(connection)) };
            var started = time.GetTimestamp();
            var uid = await UidAsync(client, silence, cancellationToken).ConfigureAwait(false);
            return result with { ClusterUid = uid, Latency = time.GetElapsedTime(started) };
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
    }

    /// <summary>Asks for a small JSON or text answer, past the circuit breaker and the login's gate.</summary>
    public static async Task<JsonElement> AskAsync(ApiClient client, string path, TimeSpan silence, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, path)
        {
            Kind = RequestKind.Probe,
            SkipAuthGate = true,
            Operation = $"ask {path}",
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
        Operation = "ask /version",
        Detail = "what it answers is no version",
        Advice = "Check that the address in the kubeconfig is a Kubernetes API server.",
        Cluster = client.Identity,
        Cause = cause,
    });

    private static async Task<string?> UidAsync(ApiClient client, TimeSpan silence, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, "/api/v1/namespaces/kube-system")
        {
            Kind = RequestKind.Probe,
            SkipAuthGate = true,
            Operation = "get namespace kube-system",
        };
        try
        {
            var bytes = await client.GetBytesAsync(request, cancellationToken, new RequestTimeouts { Silence = silence }).ConfigureAwait(false);
            return new JsonSlice(bytes, 0)["metadata"u8]["uid"u8].AsString();
        }
        catch (FaultException e) when (e.Fault.HttpStatus is 403 or 404)
        {
            return null;
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
