using MultiCluster.Module.Tests.Support;
using MultiCluster.Objects;

namespace MultiCluster.Module.Tests.Values;

/// <summary>Amounts of resources in PowerShell.</summary>
public sealed class QuantityTests(SharedFleet shared)
{
    [Theory]
    [InlineData("$n.Capacity.cpu -gt 16", false)]
    [InlineData("$n.Capacity.cpu -gt 2", true)]
    [InlineData("$n.Capacity.cpu -gt 2.5", true)]
    [InlineData("$n.Allocatable.memory -gt '1Gi'", true)]
    [InlineData("$n.Allocatable.memory -gt 1GB", true)]
    [InlineData("$n.Status.capacity.cpu -lt '100000m'", true)]
    [InlineData("2 -lt $n.Capacity.cpu", true)]
    [InlineData("2.5 -lt $n.Capacity.cpu", true)]
    [InlineData("10GB -lt $n.Capacity.memory", true)]
    [InlineData("$n.Capacity.cpu -eq [double]$n.Capacity.cpu", true)]
    [InlineData("$n.Capacity.cpu -in 4, 8, 16, 32", true)]
    [InlineData("$n.Labels.'kubernetes.io/os' -is [string]", true)]
    [InlineData("$p.Spec.containers[0].resources.requests.memory -ge '1Mi'", true)]
    [InlineData("$p.CpuRequest -gt 0 -and $p.CpuRequest -lt 64", true)]
    public void They_compare_with_numbers_and_texts(string comparison, bool holds)
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        var run = shell.Run($$"""
            $n = Get-KubeResource node -First 1
            $p = Get-KubeResource pod -A | Where-Object CpuRequest | Select-Object -First 1
            {{comparison}}
            """);

        Assert.Empty(run.Errors);
        Assert.Equal([holds], run.Output);
    }

    [Fact]
    public void They_add_up_and_sort()
    {
        using var shell = new Shell(shared.Fleet).Select("prod-eu");
        var run = shell.Run("""
            $n = Get-KubeResource node
            ($n.Capacity.cpu | Measure-Object -Sum).Sum -eq ($n.Capacity.cpu | ForEach-Object { [double]$_ } | Measure-Object -Sum).Sum
            (Get-KubeResource pod -A | Measure-Object CpuRequest -Sum -Maximum).Sum -gt 0
            (Get-KubeResource pod -A | Where-Object MemoryRequest | Sort-Object MemoryRequest | Select-Object -First 1).MemoryRequest -le '256Mi'
            """);

        Assert.Empty(run.Errors);
        Assert.Equal([true, true, true], run.Output);
    }

    [Fact]
    public void Half_a_core_does_not_pass_for_none()
    {
        using var shell = new Shell(shared.Fleet);
        shell["half"] = Quantity.Parse("500m");

        Assert.Contains("500m", $"{shell.Run("0 -lt $half").Terminated}", StringComparison.Ordinal);
        Assert.Equal([true], shell.Run("0.0 -lt $half").Output);
    }
}
