namespace MultiCluster.Reports;

/// <summary>A report: what it says, whatever it is written as.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Created">When it was made, in local time.</param>
/// <param name="Sections">Its parts, in order.</param>
internal sealed record KubeReport(string Title, DateTimeOffset Created, IReadOnlyList<ReportSection> Sections);
