using MultiCluster.Objects;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Resources;

/// <summary>Picks the events that a query wants out of what servers send.</summary>
/// <param name="query">The query.</param>
/// <param name="subjects">The subjects that live in the cluster; null when the query names none.</param>
/// <param name="now">When the call began.</param>
internal sealed class EventFilter(EventQuery query, IReadOnlyList<EventSubject>? subjects, DateTimeOffset now)
{
    private readonly List<NamePattern> _reasons = [.. query.Reasons.Select(static reason => new NamePattern(reason))];
    private readonly ILookup<(string, string, string), EventSubject>? _subjects = subjects?.ToLookup(static subject => (subject.Kind, subject.Namespace ?? "", subject.Name));
    private readonly DateTimeOffset _oldest = query.Since is { } age ? now - age : DateTimeOffset.MinValue;

    /// <summary>True when it is wanted, whenever it was.</summary>
    public bool Matches(KubeEvent happened) =>
        (query.Type is null || string.Equals(happened.Type, query.Type, StringComparison.OrdinalIgnoreCase))
        && (_reasons.Count == 0 || (happened.Reason is { } reason && _reasons.Exists(pattern => pattern.IsMatch(reason))))
        && (_subjects is null || IsOfSubject(happened));

    /// <summary>True when it is recent enough.</summary>
    public bool IsRecent(KubeEvent happened) => TimeOf(happened) >= _oldest;

    /// <summary>The time by which events are ordered; one without any is older than all others.</summary>
    public static DateTimeOffset TimeOf(KubeEvent happened) => happened.LastSeenAt ?? DateTimeOffset.MinValue;

    private bool IsOfSubject(KubeEvent happened)
    {
        var about = happened.About;
        return _subjects![(about.Kind ?? "", about.Namespace ?? "", about.Name ?? "")].Any(subject => subject.IsOf(happened));
    }
}
