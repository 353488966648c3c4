using System.Collections;
using System.Runtime.CompilerServices;
using MultiCluster.Access;
using MultiCluster.Changes;
using MultiCluster.Clusters;
using MultiCluster.FanOut;
using MultiCluster.Faults;
using MultiCluster.Helm;
using MultiCluster.Logs;
using MultiCluster.Module.Tests.Commands.Helm;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Nodes;
using MultiCluster.Objects;
using MultiCluster.Resources;
using MultiCluster.Typed;

namespace MultiCluster.Module.Tests.Rows;

/// <summary>Rows as lines of a file: every class that is a cluster's row, and the report that holds some. Those of kinds are in ExportTests.</summary>
public sealed class RowFileTests : IAsyncLifetime
{
    private const string Plan = "(Invoke-KubeDrain node-2 -Cluster sim-2 -WhatIf)";

    private static readonly string[] Place = ["ClusterName", "ClusterId", "Namespace", "Name"];

    /// <summary>What brings rows of a class; of others there is one whose properties are set.</summary>
    private static readonly Dictionary<Type, string> Scripts = new()
    {
        [typeof(KubeAccess)] = "Test-KubeAccess get pod web-2-1 -Namespace web",
        [typeof(ClusterDiagnostic)] = "Get-KubeResource node | Out-Null; Get-KubeClusterDiagnostic",
        [typeof(ClusterPreflight)] = "Test-KubeCluster",
        [typeof(KubeCluster)] = "Set-KubeCluster sim-2 -Group a, b -Tag @{ region = 'eu' }; Get-KubeCluster",
        [typeof(FanOutRow)] = "Get-KubeResource node | Out-Null; (Get-KubeFanOut).Clusters",
        [typeof(FanOutReport)] = "Get-KubeResource node | Out-Null; Get-KubeFanOut",
        [typeof(KubeLogLine)] = "Get-KubeLog web-2-1 -Namespace web -Cluster sim-2",
        [typeof(KubeDrainPlan)] = Plan,
        [typeof(KubeDrainPod)] = $"{Plan}.Pods",
        [typeof(KubePodDisruption)] = $"{Plan}.Budgets",
        [typeof(KubeDrainResult)] = "Invoke-KubeDrain node-1 -Cluster sim-1 -DisableEviction -Confirm:$false",
        [typeof(KubeDrain)] = "Invoke-KubeDrain node-1 -Cluster sim-1 -DisableEviction -Confirm:$false | Out-Null; Get-KubeDrain",
        [typeof(KubeApiResource)] = "Get-KubeApiResource pods",
        [typeof(KubeHelmRelease)] = "Get-KubeHelmRelease cache -Namespace web -Values -Manifest",
        [typeof(KubeApplyResult)] = "Update-KubeResource pod web-2-1 -Namespace web -Cluster sim-2 -Label @{ a = 'b' } -DryRun",
        [typeof(KubeObject)] = "Get-KubeResource pod -Namespace web",
        [typeof(KubeRemoval)] = "Remove-KubeResource pod web-2-1 -Namespace web -Cluster sim-2 -DryRun -Confirm:$false",
        [typeof(KubeWatchEvent)] = "Watch-KubeResource pod web-2-1 -Namespace web -Cluster sim-2 -First 1",
    };

    private DrainFleet _drain = null!;

    public static TheoryData<string> Types =>
    [
        .. typeof(KubeObject).Assembly.GetExportedTypes()
            .Where(static type => type.IsClass && !type.IsGenericType && !type.IsSubclassOf(typeof(KubeObject)) && type != typeof(KubeClient))
            .Where(static type => !type.IsAssignableTo(typeof(IDictionary))) // a tree is written by its entries: ConvertFromKubeYamlTests
            .Where(static type => type.GetProperty("ClusterName") is not null || type == typeof(FanOutReport))
            .Select(static type => type.FullName!),
    ];

    private Shell Shell => _drain.Shell;

    public async ValueTask InitializeAsync()
    {
        _drain = await DrainFleet.StartAsync();
        foreach (var cluster in _drain.Fleet.Clusters)
        {
            cluster.Store.Add("""{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"web","namespace":"web"},"spec":{"minAvailable":1,"selector":{}},"status":{"disruptionsAllowed":1}}""");
            cluster.AddRelease("web", "cache", 2, "deployed");
            cluster.Logs.Start("web", "web-2-1", "app");
            cluster.Logs.Of("web", "web-2-1", "app").Append("""{"level":"info"}""");
        }
    }

    public ValueTask DisposeAsync() => _drain.DisposeAsync();

    [Theory]
    [MemberData(nameof(Types))]
    public void A_line_begins_with_the_rows_place_and_has_values_in_its_cells(string name)
    {
        var type = Have(name);

        var lines = Shell.Run("$rows | ConvertTo-Csv").Of<string>();

        var place = Place.Where(column => type.GetProperty(column) is not null);
        Assert.StartsWith(string.Join(',', place.Select(static column => $"\"{column}\"")), lines[0], StringComparison.Ordinal);
        Assert.All(lines.Skip(1), static line => Assert.DoesNotMatch(@"(System|MultiCluster)\.[A-Z]|`\d\[", line));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Json_has_all_of_a_row_and_comes_to_an_end(string name)
    {
        Have(name);

        var run = Shell.Run("$rows | ConvertTo-Json -Depth 12");

        Assert.Empty(run.Warnings);
        var json = Assert.Single(run.Of<string>());
        Assert.DoesNotMatch(@"""(System|MultiCluster)\.[A-Z]", json);
    }

    [Fact]
    public void Lists_and_tags_are_joined()
    {
        var run = Shell.Run($$"""
            Set-KubeCluster sim-2 -Group a, b -Tag @{ region = 'eu' }
            Get-KubeCluster sim-2 | ConvertTo-Csv | ConvertFrom-Csv | ForEach-Object { $_.Group; $_.Tag }
            {{Plan}} | ConvertTo-Csv | ConvertFrom-Csv | ForEach-Object { $_.Pods; $_.Budgets }
            """);

        Assert.Equal(["a;b", "region=eu", "web/web-2-0;web/web-2-1;web/web-2-2", "web/web"], run.Output);
    }

    [Fact]
    public void Fields_of_a_log_line_come_after_its_place()
    {
        var run = Shell.Run("Get-KubeLog web-2-1 -Namespace web -Cluster sim-2 -AsJson | ConvertTo-Csv");

        Assert.StartsWith("\"ClusterName\",\"ClusterId\",\"Namespace\",\"level\"", run.Of<string>()[0], StringComparison.Ordinal);
    }

    /// <summary>Leaves rows of that class as <c>$rows</c>.</summary>
    private Type Have(string name)
    {
        var type = typeof(KubeObject).Assembly.GetType(name, throwOnError: true)!;
        if (Scripts.TryGetValue(type, out var script))
        {
            var run = Shell.Run($"$rows = & {{ {script} }}");
            Assert.Empty(run.Errors);
            Assert.Null(run.Terminated);
        }
        else
        {
            Shell["rows"] = Made(type);
        }

        Assert.IsType(type, Shell.Run("@($rows)[0]").Output.Single(), exactMatch: false);
        return type;
    }

    private static object Made(Type type)
    {
        var row = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties().Where(static property => property.CanWrite))
        {
            if (Value(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is { } value)
                property.SetValue(row, value);
        }

        return row;
    }

    private static object? Value(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(Fault) ? new Fault { Phase = FaultPhase.Timeout, Detail = "late", Cause = Thrown() }
        : type.IsValueType ? RuntimeHelpers.GetUninitializedObject(type)
        : null;

    /// <summary>An exception that leads to half of what is loaded.</summary>
    private static FormatException Thrown() => Assert.Throws<FormatException>(static () => KubeAge.Parse("late"));
}
