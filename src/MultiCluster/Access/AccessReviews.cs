using System.Text.Json;
using System.Text.Json.Nodes;
using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Http;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;

namespace MultiCluster.Access;

/// <summary>
/// What the user may do on one cluster. The rules of a namespace answer most questions about it with one request
/// (<c>SelfSubjectRulesReview</c>); what they cannot tell, and whatever is asked of the whole cluster, is asked by itself
/// (<c>SelfSubjectAccessReview</c>). Answers are kept with the cluster.
/// </summary>
internal sealed class AccessReviews
{
    /// <summary>How long an answer is good: a right that was given or taken is seen after that.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>How long an expired answer is used while a new one is fetched, or while the server fails.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly ClusterConnection _connection;
    private readonly GraceCache<string, AccessRules> _rules;
    private readonly GraceCache<AccessQuestion, AccessDecision> _decisions;

    private AccessReviews(ClusterConnection connection)
    {
        _connection = connection;
        _rules = new(connection.Time, Lifetime, Grace);
        _decisions = new(connection.Time, Lifetime, Grace);
    }

    /// <summary>Those of a cluster.</summary>
    public static AccessReviews Of(ClusterConnection connection) => connection.Attachments.Get(() => new AccessReviews(connection));

    /// <summary>Whether the user may do it.</summary>
    /// <exception cref="FaultException">The server cannot be asked, or does not answer questions about access.</exception>
    public async Task<AccessDecision> AskAsync(AccessQuestion question, CallContext call, CancellationToken cancellationToken)
    {
        if (question.Namespace is { } ns)
        {
            var rules = await _rules.GetAsync(ns, () => ReadRulesAsync(ns, call), cancellationToken).ConfigureAwait(false);
            if (rules.Allows(question) is { } known)
                return new(known);
        }

        return await _decisions.GetAsync(question, () => DecideAsync(question, call), cancellationToken).ConfigureAwait(false);
    }

    private async Task<AccessRules> ReadRulesAsync(string ns, CallContext call)
    {
        try
        {
            var review = new JsonObject { ["namespace"] = ns };
            return new(await SendAsync("SelfSubjectRulesReview", "selfsubjectrulesreviews", review, $"find out what is allowed in namespace {ns}", call).ConfigureAwait(false));
        }
        catch (FaultException e) when (e.Fault.HttpStatus is 403 or 404 or 405)
        {
            return new(default); // a server that does not tell its rules still answers a question
        }
    }

    private async Task<AccessDecision> DecideAsync(AccessQuestion question, CallContext call)
    {
        var attributes = new JsonObject { ["verb"] = question.Verb, ["group"] = question.Group, ["resource"] = question.Resource };
        if (question.Subresource is not null)
            attributes["subresource"] = question.Subresource;
        if (question.Namespace is not null)
            attributes["namespace"] = question.Namespace;
        if (question.Name is not null)
            attributes["name"] = question.Name;
        var answer = await SendAsync(
            "SelfSubjectAccessReview", "selfsubjectaccessreviews", new JsonObject { ["resourceAttributes"] = attributes }, $"find out whether {question} is allowed", call).ConfigureAwait(false);
        var status = answer["status"u8];
        return new(status["allowed"u8].AsBoolean(), status["reason"u8].AsText() ?? status["evaluationError"u8].AsText());
    }

    private async Task<JsonSlice> SendAsync(string kind, string plural, JsonObject spec, string operation, CallContext call)
    {
        using var use = _connection.Use();
        var body = new JsonObject { ["apiVersion"] = "authorization.k8s.io/v1", ["kind"] = kind, ["spec"] = spec };
        var request = new ApiRequest(HttpMethod.Post, $"/apis/authorization.k8s.io/v1/{plural}")
        {
            Body = JsonSerializer.SerializeToUtf8Bytes((JsonNode)body),
            Operation = operation,
            Idempotent = true, // it asks, and changes nothing
            Observer = call.Observer,
        };

        // Not the caller's cancellation: others may wait for the same answer.
        var bytes = await _connection.Session.Client.GetBytesAsync(request, _connection.Disconnected, call.Timeouts).ConfigureAwait(false);
        return JsonSlice.Parse(System.Text.Encoding.UTF8.GetString(bytes));
    }
}
