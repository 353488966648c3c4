using MultiCluster.Api.Lists;
using MultiCluster.Objects.Selectors;

namespace MultiCluster.Resources;

/// <summary>Where in a cluster the events of a query are, and what its server can pick out.</summary>
internal static class EventPlaces
{
    /// <summary>Of more objects of a namespace than this, all its events are read and picked out here.</summary>
    private const int MostSelected = 5;

    /// <summary>The subjects that live in a cluster; null when the query names none at all.</summary>
    public static IReadOnlyList<EventSubject>? SubjectsIn(EventQuery query, string clusterId) =>
        query.Subjects.Count == 0 ? null : [.. query.Subjects.Where(subject => subject.ClusterId is null || subject.ClusterId == clusterId)];

    /// <summary>What to ask for. A null namespace stands for all.</summary>
    /// <param name="query">The query.</param>
    /// <param name="subjects">The cluster's subjects, or null.</param>
    /// <param name="defaultNamespace">The namespace when the query names none.</param>
    public static IReadOnlyList<ListQuery> Of(EventQuery query, IReadOnlyList<EventSubject>? subjects, string defaultNamespace)
    {
        if (subjects is not null)
            return [.. subjects.GroupBy(static subject => subject.EventNamespace).SelectMany(group => OfSubjects(query, group.Key, [.. group]))];
        if (query.AllNamespaces)
            return [In(query, null)];
        return query.Namespaces.Count == 0
            ? [In(query, defaultNamespace)]
            : [.. query.Namespaces.Distinct(StringComparer.Ordinal).Select(ns => In(query, ns))];
    }

    private static IEnumerable<ListQuery> OfSubjects(EventQuery query, string ns, IReadOnlyList<EventSubject> subjects) =>
        subjects.Count > MostSelected ? [In(query, ns)] : subjects.Distinct().Select(subject => In(query, ns, subject));

    private static ListQuery In(EventQuery query, string? ns, EventSubject? subject = null)
    {
        List<string> terms = [];
        if (query.Type is { } type)
            terms.Add($"type={FieldSelector.Escape(Canonical(type))}");
        if (query.Reasons is [var reason] && !NameFilter.IsPattern(reason))
            terms.Add($"reason={FieldSelector.Escape(reason)}");
        if (subject is not null)
            terms.Add($"involvedObject.kind={FieldSelector.Escape(subject.Kind)},involvedObject.name={FieldSelector.Escape(subject.Name)}");
        return new ListQuery { Namespace = ns, FieldSelector = terms.Count == 0 ? null : string.Join(',', terms) };
    }

    /// <summary>Servers compare types exactly.</summary>
    private static string Canonical(string type) =>
        Array.Find(["Normal", "Warning"], known => known.Equals(type, StringComparison.OrdinalIgnoreCase)) ?? type;
}
