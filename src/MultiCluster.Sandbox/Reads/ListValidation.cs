using MultiCluster.Sandbox.Api;
using MultiCluster.Sandbox.Objects;

namespace MultiCluster.Sandbox.Reads;

/// <summary>Which options of lists and watches go together (apimachinery's ValidateListOptions).</summary>
internal static class ListValidation
{
    private const string Match = "resourceVersionMatch";
    private const string Initial = "sendInitialEvents";
    private const string NotOlderThan = "NotOlderThan";

    /// <exception cref="StatusError">422.</exception>
    public static void CheckList(IQueryCollection query, StreamingList streaming)
    {
        if (streaming == StreamingList.Ignored) return;
        var problems = MatchOfList(query);
        if (streaming != StreamingList.Unknown && query.ContainsKey(Initial)) problems.Add((Initial, Forbidden("sendInitialEvents is forbidden for list")));
        Throw(problems);
    }

    /// <exception cref="StatusError">422.</exception>
    public static void CheckWatch(IQueryCollection query, StreamingList streaming)
    {
        var match = query[Match].ToString();
        var problems = new List<(string Field, string Problem)>();
        switch (streaming)
        {
            case StreamingList.Ignored:
                return;
            case StreamingList.Unknown:
                if (match.Length > 0) problems = [(Match, Forbidden("resourceVersionMatch is forbidden for watch")), .. MatchOfList(query)];
                break;
            default:
                var initial = query.ContainsKey(Initial);
                if (initial && match != NotOlderThan) problems.Add((Match, Forbidden("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")));
                if (initial && streaming == StreamingList.Refused)
                    problems.Add((Initial, Forbidden("sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled")));
                if (match.Length == 0) break;
                if (!initial) problems.Add((Match, Forbidden("resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")));
                if (match != NotOlderThan) problems.Add((Match, $"Unsupported value: \"{match}\": supported values: \"NotOlderThan\""));
                if (query["continue"].ToString().Length > 0) problems.Add((Match, Forbidden("resourceVersionMatch is forbidden when continue is provided")));
                break;
        }
        Throw(problems);
    }

    private static List<(string Field, string Problem)> MatchOfList(IQueryCollection query)
    {
        var match = query[Match].ToString();
        var version = query["resourceVersion"].ToString();
        var problems = new List<(string Field, string Problem)>();
        if (match.Length == 0) return problems;
        if (version.Length == 0) problems.Add((Match, Forbidden("resourceVersionMatch is forbidden unless resourceVersion is provided")));
        if (query["continue"].ToString().Length > 0) problems.Add((Match, Forbidden("resourceVersionMatch is forbidden when continue is provided")));
        if (match is not ("Exact" or NotOlderThan)) problems.Add((Match, $"Unsupported value: \"{match}\": supported values: \"Exact\", \"NotOlderThan\", \"\""));
        if (match == "Exact" && version == "0") problems.Add((Match, Forbidden("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"")));
        return problems;
    }

    private static string Forbidden(string problem) => $"Forbidden: {problem}";

    private static void Throw(List<(string Field, string Problem)> problems)
    {
        if (problems.Count > 0) throw StatusError.InvalidOptions("ListOptions", "meta.k8s.io", "", problems);
    }
}
