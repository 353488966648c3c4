using System.Collections.Frozen;
using System.Globalization;

namespace MultiCluster.Terminal;

/// <summary>How bad it is what a cell says; a table has colours for it.</summary>
internal enum Tone
{
    /// <summary>Nothing to look at.</summary>
    Plain,

    /// <summary>To be looked at: it does not go on, or not as it should.</summary>
    Warning,

    /// <summary>It is wrong.</summary>
    Bad,
}

/// <summary>
/// Which words are bad, for all columns that have <see cref="ColumnAttribute.Toned"/>: one place. They are those of Kubernetes, of kubectl's
/// STATUS and of this module's own states; a word that is not here is plain.
/// </summary>
internal static class Tones
{
    private static readonly FrozenDictionary<string, Tone> Words = new Dictionary<string, Tone>
    {
        // Pods, by what kubectl's STATUS says of them
        ["CrashLoopBackOff"] = Tone.Bad,
        ["ImagePullBackOff"] = Tone.Bad,
        ["ErrImagePull"] = Tone.Bad,
        ["ErrImageNeverPull"] = Tone.Bad,
        ["InvalidImageName"] = Tone.Bad,
        ["CreateContainerConfigError"] = Tone.Bad,
        ["CreateContainerError"] = Tone.Bad,
        ["RunContainerError"] = Tone.Bad,
        ["PostStartHookError"] = Tone.Bad,
        ["ContainerStatusUnknown"] = Tone.Bad,
        ["ContainerCannotRun"] = Tone.Bad,
        ["DeadlineExceeded"] = Tone.Bad,
        ["OOMKilled"] = Tone.Bad,
        ["Error"] = Tone.Bad,
        ["StartError"] = Tone.Bad,
        ["Evicted"] = Tone.Bad,
        ["NodeLost"] = Tone.Bad,
        ["Pending"] = Tone.Warning,
        ["Terminating"] = Tone.Warning,
        ["SchedulingGated"] = Tone.Warning,

        // Nodes
        ["NotReady"] = Tone.Bad,
        ["SchedulingDisabled"] = Tone.Warning,

        // Volumes, jobs, drains, calls
        ["Failed"] = Tone.Bad,
        ["Lost"] = Tone.Bad,
        ["Released"] = Tone.Warning,
        ["Suspended"] = Tone.Warning,
        ["FailureTarget"] = Tone.Bad,
        ["TimedOut"] = Tone.Bad,
        ["Blocked"] = Tone.Bad,
        ["Cancelled"] = Tone.Warning,
        ["Waiting"] = Tone.Warning,
        ["Retrying"] = Tone.Warning,
        ["Skipped"] = Tone.Warning,
        ["Partial"] = Tone.Warning,
        ["Stale"] = Tone.Warning,
        ["Ended"] = Tone.Bad,

        // Clusters
        ["Degraded"] = Tone.Bad,
        ["Unreachable"] = Tone.Bad,
        ["AuthenticationRequired"] = Tone.Bad,
        ["Invalid"] = Tone.Bad,
        ["Disconnected"] = Tone.Warning,

        // Events, conditions, answers to a question
        ["Warning"] = Tone.Warning,
        ["Unknown"] = Tone.Warning,
        ["False"] = Tone.Bad,

        // What others define: Argo CD, Flux, Crossplane
        ["OutOfSync"] = Tone.Warning,
        ["Missing"] = Tone.Bad,
        ["Stalled"] = Tone.Bad,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Columns of conditions that are bad when they are true, and not when they are false.</summary>
    private static readonly FrozenSet<string> Troubles = new[] { "Degraded", "Denied", "Failing", "Stalled" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Tone>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// The worst of the words that a state is made of: <c>NotReady,SchedulingDisabled</c>, <c>Init:CrashLoopBackOff</c>,
    /// <c>Signal:9</c> and <c>ExitCode:1</c>, which are bad; or of a count, <c>2/3</c>.
    /// </summary>
    public static Tone Of(string state)
    {
        if (OfCount(state) is { } count)
            return count;
        var worst = state.StartsWith("ExitCode:", StringComparison.Ordinal) || state.StartsWith("Signal:", StringComparison.Ordinal) ? Tone.Bad : Tone.Plain;
        foreach (var range in state.AsSpan().SplitAny(',', ':'))
        {
            if (Lookup.TryGetValue(state.AsSpan(range), out var tone) && tone > worst)
                worst = tone;
        }

        return worst;
    }

    /// <summary>How bad it is what a column of that name says.</summary>
    public static Tone Of(string column, string state) => !Troubles.Contains(column) || (state != "True" && state != "False") ? Of(state) : state == "True" ? Tone.Bad : Tone.Plain;

    /// <summary>How bad it is that so many are there of those that are wanted: <c>0/3</c>, <c>2/3</c>; null for what is no such count.</summary>
    private static Tone? OfCount(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0 || !long.TryParse(text[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out var there) || !long.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var wanted))
            return null;
        return there >= wanted ? Tone.Plain : there == 0 ? Tone.Bad : Tone.Warning;
    }
}
