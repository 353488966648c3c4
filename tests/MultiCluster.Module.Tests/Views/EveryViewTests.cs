using System.Text.RegularExpressions;
using System.Xml.Linq;
using MultiCluster.Clusters;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Views;

/// <summary>
/// Every table, at 80, 120 and 200 columns, with the names of production and with hostile ones, against a file of its own in
/// <c>Views/Expected</c>. What is wrong with a table is seen there.
/// </summary>
public sealed partial class EveryViewTests
{
    /// <summary>The types that have a table.</summary>
    public static TheoryData<string> Types =>
    [
        .. Directory.EnumerateFiles(TestBuild.Of("ModuleLayout"), "*.Format.ps1xml")
            .SelectMany(static file => XDocument.Load(file).Descendants("View"))
            .Where(static view => view.Element("TableControl") is not null)
            .Select(static view => view.Element("ViewSelectedBy")!.Element("TypeName")!.Value)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static readonly int[] Widths = [80, 120, 200];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_table_shows_what_its_file_says(string type)
    {
        var shown = string.Join("\n\n", Widths.SelectMany(columns => Screens(type, columns))) + "\n";
        ExpectedScreens.Check($"{type["MultiCluster.".Length..].Replace('#', '.')}.txt", shown);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void At_80_columns_clusters_that_look_alike_are_told_apart(string type)
    {
        if (HasNoCluster(type))
            return;
        using var shell = Open();
        shell["rows"] = ViewRows.Realistic(type);
        var lines = shell.Screen("$rows", 80).Split('\n');

        Assert.All(
            ViewRows.LookAlikes.Select(cluster => shell.Session.Pool.ShortNames.Of(ViewRows.IdOf(cluster), cluster)!),
            name => Assert.Single(lines, line => line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] == ' '));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void At_80_columns_no_column_is_left_out(string type)
    {
        if (type.Contains("KubeLogLine", StringComparison.Ordinal))
            return; // has no headers
        using var shell = Open();
        shell["rows"] = ViewRows.Realistic(type);
        var headers = shell.Screen("$rows", 80).Split('\n')[0];

        Assert.Equal(Labels(type), Blanks().Replace(headers, " ").Trim());
    }

    /// <summary>What tables show in colour is what PowerShell gives a cell; where there is no terminal it takes the colour away.</summary>
    [Theory]
    [InlineData("CrashLoopBackOff", "Error")]
    [InlineData("Init:ImagePullBackOff", "Error")]
    [InlineData("NotReady,SchedulingDisabled", "Error")]
    [InlineData("Pending", "Warning")]
    [InlineData("Running", null)]
    [InlineData("\u001b[35mRunning", null)]
    public void A_bad_state_has_the_users_own_colour_and_a_servers_has_none(string state, string? colour)
    {
        using var shell = Open();
        shell["state"] = state;

        var cell = shell.Run("[MultiCluster.Module.Views.Cells]::Of[[pscustomobject]@{ State = $state }].'!State|8'").Of<string>().Single();

        var text = shell.Run("[MultiCluster.Module.Views.Cells]::Of[[pscustomobject]@{ State = $state }].'State|8'").Of<string>().Single();
        Assert.Equal(colour is null ? text : $"{shell.Run($"$PSStyle.Formatting.{colour}").Of<string>().Single()}{text}\e[0m", cell);
        Assert.DoesNotContain("\e[35m", cell, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1, 8);
    }

    [Theory]
    [InlineData("Ready = '0/3'", "Ready", "Error")]
    [InlineData("Ready = '1/3'", "Ready", "Warning")]
    [InlineData("Ready = '3/3'", "Ready", null)]
    [InlineData("Ready = '0/0'", "Ready", null)]
    [InlineData("Ready = '0/1'; State = 'Running'", "Ready", "Error")]
    [InlineData("Ready = '0/1'; State = 'Completed'", "Ready", null)]
    [InlineData("Ready = '0/1'; State = 'Terminating'", "Ready", null)]
    [InlineData("Ready = 0; Desired = 3", "Ready", "Error")]
    [InlineData("Available = 2; Replicas = 3", "Available", "Warning")]
    [InlineData("UpToDate = 3; Replicas = 3", "UpToDate", null)]
    [InlineData("Available = 0; Replicas = 0", "Available", null)]
    public void A_count_that_is_short_of_what_is_wanted_has_the_colour_of_how_short_it_is(string row, string column, string? colour)
    {
        using var shell = Open();

        var cell = shell.Run($"[MultiCluster.Module.Views.Cells]::Of[[pscustomobject]@{{ {row} }}].'!{column}'").Of<string>().Single();

        var (start, end) = colour is null ? ("", "") : (shell.Run($"$PSStyle.Formatting.{colour}").Of<string>().Single(), "\e[0m");
        var text = $"{shell.Run($"([pscustomobject]@{{ {row} }}).{column}").Output.Single()}";
        Assert.Equal($"{start}{text}{end}", cell);
    }

    [Theory]
    [InlineData("Degraded", "True", "Error")]
    [InlineData("Degraded", "Unknown", "Warning")]
    [InlineData("Degraded", "False", null)]
    [InlineData("Denied", "True", "Error")]
    [InlineData("Available", "False", "Error")]
    [InlineData("Available", "True", null)]
    public void A_condition_is_bad_when_it_is_false_and_one_about_trouble_when_it_is_true(string column, string status, string? colour)
    {
        using var shell = Open();

        var cell = shell.Run($"[MultiCluster.Module.Views.Cells]::Of[[pscustomobject]@{{ {column} = '{status}' }}].'!{column}|8'").Of<string>().Single();

        Assert.Equal(colour is null ? status : $"{shell.Run($"$PSStyle.Formatting.{colour}").Of<string>().Single()}{status}\e[0m", cell);
    }

    [Theory]
    [InlineData("KubeClusterOperator", "!Degraded|8")]
    [InlineData("KubeCertificateRequest", "!Denied|6")]
    [InlineData("KubePod", "!Ready|5")]
    [InlineData("KubeDeployment", "!Ready|5")]
    [InlineData("KubeDeployment", "!UpToDate")]
    [InlineData("KubeDeployment", "!Available")]
    [InlineData("KubeStatefulSet", "!Ready|5")]
    [InlineData("KubeDaemonSet", "!Ready")]
    [InlineData("KubeReplicaSet", "!Ready")]
    [InlineData("KubeObject#Mixed", "!Ready|5")]
    public void What_counts_the_ready_ones_asks_for_its_colour(string type, string asked)
    {
        var table = Directory.EnumerateFiles(TestBuild.Of("ModuleLayout"), "*.Format.ps1xml").SelectMany(static file => XDocument.Load(file).Descendants("View"))
            .First(view => view.Element("ViewSelectedBy")!.Elements("TypeName").Any(name => name.Value == $"MultiCluster.Objects.{type}") && view.Element("TableControl") is not null);

        Assert.Contains($"'{asked}'", string.Join('\n', table.Descendants("ScriptBlock").Select(static script => Share().Replace(script.Value, "'"))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_expected_of_a_table_depends_on_no_time()
    {
        using var shell = Open();
        shell["rows"] = ViewRows.Realistic("MultiCluster.Objects.KubePod");
        var shown = shell.Screen("$rows", 80);
        shell.Run("$rows | ForEach-Object { $ready = $_.Ready; $_ | Add-Member ScriptProperty Ready { Start-Sleep -Milliseconds 310; $ready }.GetNewClosure() -Force }");

        Assert.Equal(shown, shell.Screen("$rows", 80));
    }

    [Fact]
    public void Every_file_is_a_types() =>
        Assert.Equal(Types.Select(static row => $"{row.Data["MultiCluster.".Length..].Replace('#', '.')}.txt").Order(StringComparer.Ordinal), Directory.EnumerateFiles(ExpectedScreens.Folder).Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Screens(string type, int columns)
    {
        using var shell = Open();
        shell["rows"] = ViewRows.Realistic(type);
        yield return $"# {columns} columns\n\n{shell.Screen("$rows", columns)}";
        shell["rows"] = ViewRows.Hostile(type);
        yield return $"# {columns} columns, hostile names\n\n{shell.Screen("$rows", columns)}";
    }

    /// <summary>The headers of a type's first table, as the view declares them.</summary>
    private static string Labels(string type)
    {
        var table = Directory.EnumerateFiles(TestBuild.Of("ModuleLayout"), "*.Format.ps1xml").SelectMany(static file => XDocument.Load(file).Descendants("View"))
            .First(view => view.Element("ViewSelectedBy")!.Elements("TypeName").Any(name => name.Value == type) && view.Element("TableControl") is not null);
        var items = table.Descendants("TableColumnItem").ToArray();
        return string.Join(' ', table.Descendants("TableColumnHeader").Select((header, at) => header.Element("Label")?.Value ?? items[at].Element("PropertyName")!.Value));
    }

    private static bool HasNoCluster(string type) => type is "MultiCluster.Changes.KubeFieldChange" or "MultiCluster.Changes.KubeFieldConflict"
        or "MultiCluster.Comparing.KubeDifference" or "MultiCluster.Images.KubeImage" or "MultiCluster.FanOut.FanOutReport" or "MultiCluster.Clusters.ConnectionChange" or "MultiCluster.Objects.Json.KubeMapEntry";

    private static Shell Open()
    {
        var shell = new Shell();
        shell.Session.Pool.ShortNames.Select([.. ViewRows.LookAlikes.Select(static name => new ClusterIdentity(ViewRows.IdOf(name), name, name, "config"))
            .Select(static identity => new KubeCluster(new KubeconfigContext { Identity = identity }, identity, new ClusterPreferences()))]);
        return shell;
    }

    [GeneratedRegex(@"(?<=\|\d+)\|\d+'")]
    private static partial Regex Share();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();
}
