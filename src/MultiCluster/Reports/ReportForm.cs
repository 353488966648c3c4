namespace MultiCluster.Reports;

/// <summary>What a report is written as.</summary>
internal enum ReportForm
{
    /// <summary>One HTML file that needs nothing else.</summary>
    Html,

    /// <summary>JSON, with figures as numbers.</summary>
    Json,

    /// <summary>CSV, a file for each table.</summary>
    Csv,

    /// <summary>Markdown.</summary>
    Markdown,
}
