using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox;

namespace MultiCluster.Module.Tests.Views;

/// <summary>The tables that are made of the columns servers print.</summary>
public sealed partial class KindViewTests : IAsyncLifetime
{
    private SimulatedFleet _fleet = null!;
    private Shell _shell = null!;

    public async ValueTask InitializeAsync()
    {
        _fleet = await SimulatedFleet.StartAsync(new FleetOptions { Clusters = 2, Pods = 0 }, TestContext.Current.CancellationToken);
        _shell = new Shell(_fleet).Select("*");
    }

    public ValueTask DisposeAsync()
    {
        _shell.Dispose();
        return _fleet.DisposeAsync();
    }

    [Theory]
    [InlineData("State’]; Set-Content x ran; $_.Columns[’State")] // ran in the session of who listed the kind
    [InlineData("State']; Set-Content x ran; $_.Columns['State")]
    [InlineData("State$(Set-Content x ran)")]
    public void The_name_of_a_column_is_never_run(string name)
    {
        Define("sim-1", (name, "string", ".spec.a"));
        Add("sim-1", """{"a":"one"}""");

        var table = _shell.Screen("Get-KubeResource gizmo -Namespace web -Cluster sim-1 | Format-Table -View wide", 200);

        Assert.Contains($" {name} ", table, StringComparison.Ordinal);
        Assert.Contains("one", table, StringComparison.Ordinal);
        Assert.False(File.Exists(_shell.File("x")));
    }

    [Fact]
    public void Clusters_whose_columns_differ_share_one_table_of_all_of_them()
    {
        Define("sim-1", ("First", "string", ".spec.a"), ("Second", "integer", ".spec.b"));
        Define("sim-2", ("Third", "string", ".spec.c"), ("second", "integer", ".spec.b"));
        Add("sim-1", """{"a":"one","b":2}""");
        Add("sim-2", """{"c":"three","b":22}""");

        // Whoever answers first: the columns stand in the order of the clusters' names.
        Assert.Equal(
            """
            ClusterName Namespace Name  First Second Third Age
            ----------- --------- ----  ----- ------ ----- ---
            sim-1       web       thing one        2       0s
            sim-2       web       thing           22 three 0s
            """.ReplaceLineEndings("\n"),
            Young().Replace(_shell.Screen("$null = Get-KubeResource gizmo -Namespace web -Cluster sim-2; $null = Get-KubeResource gizmo -Namespace web -Cluster sim-1; Get-KubeResource gizmo -Namespace web | Sort-Object ClusterName"), "0s"));
    }

    [Fact]
    public void Two_versions_of_a_kind_share_one_table()
    {
        Define("sim-1", "v1", ("State", "string", ".spec.a"));
        Define("sim-2", "v1beta1", ("State", "string", ".spec.a"));
        Add("sim-1", """{"a":"new"}""");
        Add("sim-2", """{"a":"old"}""", "v1beta1");
        _shell.Run("$them = Get-KubeResource gizmo -Namespace web | Sort-Object ClusterName");

        Assert.Equal(
            """
            ClusterName Namespace Name  State Age
            ----------- --------- ----  ----- ---
            sim-1       web       thing new   0s
            sim-2       web       thing old   0s
            """.ReplaceLineEndings("\n"),
            Young().Replace(_shell.Screen("$them"), "0s"));
        Assert.Equal(["example.com/v1", "example.com/v1beta1"], _shell.Run("$them.ApiVersion").Output);
        Assert.Empty(_shell.Run("Get-KubeResource gizmo -Namespace web").Warnings);
    }

    [Fact]
    public void Columns_that_are_called_as_the_tables_own_are_shown_beside_them()
    {
        Define("sim-1", ("Name", "string", ".spec.a"), ("ClusterName", "string", ".spec.b"), ("Age", "integer", ".spec.c"), ("namespace", "string", ".spec.d"));
        Add("sim-1", """{"a":"own name","b":"own cluster","c":7,"d":"own space"}""");

        Assert.Equal(
            """
            ClusterName Namespace Name  Name 2   ClusterName 2 Age 2 namespace 2 Age
            ----------- --------- ----  ------   ------------- ----- ----------- ---
            sim-1       web       thing own name own cluster       7 own space   0s
            """.ReplaceLineEndings("\n"),
            Young().Replace(_shell.Screen("Get-KubeResource gizmo -Namespace web -Cluster sim-1 | Format-Table -View wide"), "0s"));
        Assert.Equal(["thing", "own name", "own cluster", 7L], _shell.Run("$c = (Get-KubeResource gizmo -Namespace web -Cluster sim-1).Columns; $c['Name'], $c['Name 2'], $c['ClusterName'], $c['Age']").Output);
    }

    [Fact]
    public void An_age_that_is_not_the_objects_is_shown_beside_it()
    {
        Define("sim-1", ("Age", "date", ".spec.since"));
        Define("sim-2", ("Age", "date", ".metadata.creationTimestamp"));
        Add("sim-1", """{"since":"2020-01-01T00:00:00Z"}""");
        Add("sim-2", "{}");

        Assert.Contains(" Age 2 ", _shell.Screen("Get-KubeResource gizmo -Namespace web -Cluster sim-1"), StringComparison.Ordinal);
        using var other = new Shell(_fleet).Select("sim-2");
        Assert.DoesNotContain("Age 2", other.Screen("Get-KubeResource gizmo -Namespace web"), StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_differ_in_case_alone_are_two()
    {
        Define("sim-1", ("State", "string", ".spec.a"), ("state", "string", ".spec.b"));
        Add("sim-1", """{"a":"one","b":"two"}""");

        Assert.Equal(["one", "two"], _shell.Run("$c = (Get-KubeResource gizmo -Namespace web -Cluster sim-1).Columns; $c['State'], $c['state 2']").Output);
    }

    [Fact]
    public void More_columns_than_a_screen_holds_are_in_the_object_alone()
    {
        Define("sim-1", [.. Enumerable.Range(0, 100).Select(static number => ($"C{number}", "string", ".spec.a"))]);
        Add("sim-1", """{"a":"one"}""");

        var list = _shell.Run("$it = Get-KubeResource gizmo -Namespace web -Cluster sim-1; $it.Columns['C99']; (Get-FormatData $it.pstypenames[0]).FormatViewDefinition.Where({ $_.Name -eq 'wide' }).Control.Headers.Count");

        Assert.Equal(["one", 3 + 64 + 1], list.Output);
    }

    [Fact]
    public void What_says_how_an_object_is_stays_where_room_is_short()
    {
        Define("sim-1", ("Zone", "string", ".spec.a"), ("Owner", "string", ".spec.a"), ("Team", "string", ".spec.a"), ("Cost Center", "string", ".spec.a"), ("PhaseReason", "string", ".spec.a"), ("READY", "string", ".spec.a"), ("Message", "string", ".spec.a"));
        Add("sim-1", """{"a":"one"}""");

        Assert.Equal(
            ["ClusterName", "Namespace", "Name", "PhaseReason", "READY", "Age"],
            _shell.Screen("Get-KubeResource gizmo -Namespace web -Cluster sim-1", 80).Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(
            "ClusterName Namespace Name Zone Owner Team Cost Center PhaseReason READY Message Age",
            string.Join(' ', _shell.Screen("Get-KubeResource gizmo -Namespace web -Cluster sim-1 | Format-Table -View wide", 200).Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void Where_no_terminal_is_every_cell_is_whole()
    {
        var text = new string('x', 200);
        Define("sim-1", ("State", "string", ".spec.a"), ("Count", "integer", ".spec.b"));
        Add("sim-1", $$"""{"a":"{{text}}","b":9223372036854775807}""");
        _shell.Host.Columns = 0;
        _shell["columns"] = 400;

        var shown = string.Join('\n', _shell.Run("Get-KubeResource gizmo -Namespace web -Cluster sim-1 | Out-String -Width $columns -Stream").Output);

        Assert.Contains(text, shown, StringComparison.Ordinal);
        Assert.Contains("9223372036854775807", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ready", "False", "Error")]
    [InlineData("SYNCED", "Unknown", "Warning")]
    [InlineData("Sync Status", "OutOfSync", "Warning")]
    [InlineData("ReadyReplicas", "0/3", "Error")]
    [InlineData("Ready", "True", null)]
    [InlineData("Suspended", "False", null)] // nobody knows whether that is bad
    [InlineData("Message", "Failed", null)]
    public void A_bad_state_has_the_users_own_colour(string column, string text, string? colour)
    {
        Define("sim-1", (column, "string", ".spec.a"));
        Add("sim-1", $$"""{"a":"{{text}}"}""");

        var cell = _shell.Run("""
            $it = Get-KubeResource gizmo -Namespace web -Cluster sim-1
            $table = (Get-FormatData $it.pstypenames[0]).FormatViewDefinition.Where({ $_.Name -eq 'wide' }).Control
            $script = [scriptblock]::Create($table.Rows[0].Columns[3].DisplayEntry.Value)
            $it | ForEach-Object $script
            """).Of<string>().Single();

        Assert.Equal(colour is null ? text : $"{_shell.Run($"$PSStyle.Formatting.{colour}").Of<string>().Single()}{text}\e[0m", cell);
    }

    [Fact]
    public void Rows_that_came_back_from_a_file_have_the_table_of_their_kind()
    {
        Define("sim-1", ("State", "string", ".spec.a"));
        Add("sim-1", """{"a":"one"}""");
        _shell.Run("$live = Get-KubeResource gizmo -Namespace web -Cluster sim-1; $live | Export-Clixml it.xml");

        Assert.Equal(Young().Replace(_shell.Screen("$live"), "0s"), Young().Replace(_shell.Screen("Import-Clixml it.xml"), "0s"));
    }

    [Fact]
    public void Tables_can_be_read_where_the_language_is_constrained()
    {
        Define("sim-1", ("First", "string", ".spec.a"));
        Add("sim-1", """{"a":"one"}""");
        _shell.Run("$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'");

        Assert.Contains("sim-1       web       thing one", _shell.Screen("Get-KubeResource gizmo -Namespace web -Cluster sim-1"), StringComparison.Ordinal);
        Assert.Contains("\nsim-1             ", _shell.Screen("Get-KubeCluster sim-1"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_the_root_that_PowerShell_reserves_ends_no_call()
    {
        Define("sim-1", ("First", "string", ".spec.a"));
        _fleet["sim-1"].Store.Add("""
            {"apiVersion":"example.com/v1","kind":"Gizmo","metadata":{"name":"thing","namespace":"web"},
             "psobject":1,"PSTypeNames":["System.IO.FileInfo"],"PSStandardMembers":1,"ToString":"x","extra":1,"EXTRA":2}
            """);

        var run = _shell.Run("Get-KubeResource gizmo -Namespace web -Cluster sim-1 | ForEach-Object { \"$_\"; @($_.psobject.Properties.Name -eq 'extra').Count }");

        Assert.Empty(run.Errors);
        Assert.Equal(["Gizmo/web/thing", 1], run.Output);
    }

    private void Define(string cluster, params (string Name, string Type, string JsonPath)[] columns) => Define(cluster, "v1", columns);

    private void Define(string cluster, string version, params (string Name, string Type, string JsonPath)[] columns)
    {
        var definition = JsonNode.Parse("""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"gizmos.example.com"},
             "spec":{"group":"example.com","scope":"Namespaced","names":{"kind":"Gizmo","plural":"gizmos","singular":"gizmo"},
              "versions":[{"name":"v1","served":true,"storage":true}]} }
            """)!.AsObject();
        definition["spec"]!["versions"]![0]!["name"] = version;
        definition["spec"]!["versions"]![0]!["additionalPrinterColumns"] =
            new JsonArray([.. columns.Select(static column => new JsonObject { ["name"] = column.Name, ["type"] = column.Type, ["jsonPath"] = column.JsonPath })]);
        _fleet[cluster].Store.Add(definition);
    }

    private void Add(string cluster, string spec, string version = "v1") => _fleet[cluster].Store.Add(
        $$"""{"apiVersion":"example.com/{{version}}","kind":"Gizmo","metadata":{"name":"thing","namespace":"web"},"spec":{{spec}} }""");

    [GeneratedRegex(@"\b\d+s$", RegexOptions.Multiline)]
    private static partial Regex Young();
}
