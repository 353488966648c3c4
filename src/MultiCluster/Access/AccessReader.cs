using MultiCluster.Api.Lists;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Resources;

namespace MultiCluster.Access;

/// <summary>Answers an <see cref="AccessQuery"/> of one cluster at a time; its objects are <see cref="KubeAccess"/>es.</summary>
internal sealed class AccessReader(AccessQuery query)
{
    private readonly KindChoices _choices = new();

    /// <inheritdoc cref="ResourceReader.Remarks"/>
    public IReadOnlyList<string> Remarks => _choices.Remarks;

    /// <summary>Writes one cluster's answers, in the order of the query.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="defaultNamespace">The namespace when the query names none.</param>
    /// <param name="call">What the call brings along.</param>
    /// <param name="sink">Where the answers go. A kind that the cluster does not serve is a fault there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task ReadAsync(
        ClusterConnection connection, string defaultNamespace, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var reviews = AccessReviews.Of(connection);
        foreach (var subject in query.Subjects?[connection.Identity.ClusterId] ?? [])
            await AskAsync(reviews, connection, subject.Kind, subject.Namespace, subject.Name, call, sink, cancellationToken).ConfigureAwait(false);
        foreach (var text in query.Kinds)
        {
            ResourceKind kind;
            try
            {
                kind = await connection.Session.Kinds.ResolveAsync(text, cancellationToken).ConfigureAwait(false);
            }
            catch (FaultException e) when (e.Fault.Phase == FaultPhase.KindNotFound)
            {
                await sink.FaultAsync(e.Fault, text, cancellationToken).ConfigureAwait(false);
                continue;
            }

            _choices.Take(text, connection.Identity, kind, connection.Session.Kinds.Rivals(text, kind));
            foreach (var ns in Namespaces(kind, defaultNamespace))
                await AskAsync(reviews, connection, kind, ns, query.Name, call, sink, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AskAsync(
        AccessReviews reviews, ClusterConnection connection, ResourceKind kind, string? ns, string? name, CallContext call, FanOutSink sink, CancellationToken cancellationToken)
    {
        var questions = query.Verbs.Select(verb => AccessQuestion.Of(verb, kind, ns, name, query.Subresource)).ToArray();
        var decisions = await Task.WhenAll(questions.Select(question => reviews.AskAsync(question, call, cancellationToken))).ConfigureAwait(false);
        KubeAccess[] answers = [.. questions.Zip(decisions, (question, decision) => new KubeAccess(connection.Identity, question, decision))];
        await sink.WriteAsync(answers, cancellationToken).ConfigureAwait(false);
    }

    private IReadOnlyList<string?> Namespaces(ResourceKind kind, string defaultNamespace)
    {
        if (!kind.Namespaced || query.AllNamespaces)
            return [null];
        return query.Namespaces.Count == 0 ? [defaultNamespace] : query.Namespaces;
    }
}
