using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MultiCluster.Faults;

namespace MultiCluster.Typed.Transport;

/// <summary>What the server refused, as users of KubernetesClient know it, with the engine's fault inside.</summary>
internal static class Refusals
{
    /// <summary>The exception; its message is the fault's, its Response the server's, its Body the Status object or the text.</summary>
    public static HttpOperationException Of(FaultException exception, HttpRequestMessage request, string requestContent)
    {
        using var response = ResponseOf(exception.Fault, request);
        var text = exception.Fault.Answer ?? "";
        return new HttpOperationException(exception.Fault.Message, exception)
        {
            Request = new HttpRequestMessageWrapper(request, requestContent),
            Response = new HttpResponseMessageWrapper(response, text),
            Body = StatusOf(text) is { } status ? status : text,
        };
    }

    /// <summary>The answer that a refusal was, as far as it is kept.</summary>
    public static HttpResponseMessage ResponseOf(Fault fault, HttpRequestMessage request) => new((System.Net.HttpStatusCode)fault.HttpStatus!)
    {
        RequestMessage = request,
        Content = new StringContent(fault.Answer ?? "", System.Text.Encoding.UTF8, (fault.Answer ?? "").StartsWith('{') ? "application/json" : "text/plain"),
    };

    private static V1Status? StatusOf(string text)
    {
        try
        {
            return text.StartsWith('{') && KubernetesJson.Deserialize<V1Status>(text) is { Kind: "Status" } status ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
