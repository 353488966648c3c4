using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Windows;

/// <summary>What a user of Windows does first, in front of the kube-apiserver that run.sh has started: its kubeconfigs are in MULTICLUSTER_SERVERS.</summary>
public sealed class RealServerTests
{
    [Fact]
    public void A_token_logs_in_and_objects_are_listed()
    {
        using var shell = In("admin-token");

        var selected = shell.Run("Select-KubeCluster *");
        var namespaces = shell.Run("(Get-KubeResource namespace).Name");

        Assert.Empty(selected.Errors);
        Assert.Equal(["Ready"], shell.Selected.Select(static cluster => $"{cluster.State}"));
        Assert.Empty(namespaces.Errors);
        Assert.Contains("kube-system", namespaces.Output.Select(static name => $"{name}"));
    }

    [Fact]
    public void A_wrong_token_is_told()
    {
        using var shell = In("badtoken");

        var run = shell.Run("Select-KubeCluster *; Get-KubeResource namespace");

        Assert.NotEmpty(run.Errors);
        Assert.All(run.Errors, static error => Assert.Contains("Unauthorized", $"{error} {error.FullyQualifiedErrorId}", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_batch_file_logs_in_and_gets_its_arguments_whole()
    {
        using var shell = In("admin-token");
        File.WriteAllText(shell.File("login.cmd"), """
            @echo off
            echo %1> "%~dp0said"
            echo {"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"admin-token"}}
            """);
        var kubeconfig = File.ReadAllText(shell.Kubeconfig);
        Assert.Contains("{token: admin-token}", kubeconfig, StringComparison.Ordinal);
        File.WriteAllText(shell.Kubeconfig, kubeconfig.Replace(
            "{token: admin-token}", "{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login, args: ['a b & c'], interactiveMode: Never}}", StringComparison.Ordinal));

        var selected = shell.Run("Select-KubeCluster *");

        Assert.Empty(selected.Errors);
        Assert.Equal(["Ready"], shell.Selected.Select(static cluster => $"{cluster.State}"));
        Assert.Equal("\"a b & c\"", File.ReadAllText(shell.File("said")).Trim());
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        using var shell = In("admin-token");
        shell.Run("Select-KubeCluster *");

        var run = shell.Run("""
            $null = @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'from-windows'; namespace = 'default' }; data = @{ path = 'C:\Users' } } | Invoke-KubeApply
            (Get-KubeResource configmap from-windows -Namespace default).Data.path
            Remove-KubeResource configmap from-windows -Namespace default -Confirm:$false
            """);

        Assert.Empty(run.Errors);
        Assert.Contains(@"C:\Users", run.Output.Select(static value => $"{value}"));
    }

    [Fact]
    public void A_client_certificate_logs_in()
    {
        using var shell = In("admin");

        var selected = shell.Run("Select-KubeCluster *");

        Assert.Empty(selected.Errors);
        Assert.Equal(["Ready"], shell.Selected.Select(static cluster => $"{cluster.State}"));
    }

    [Fact]
    public void A_client_certificate_that_the_system_cannot_use_says_so()
    {
        using var shell = In("admin");

        var error = Assert.Single(shell.Run("Select-KubeCluster *").Errors);

        Assert.Contains("this system cannot use client-key", $"{error}", StringComparison.Ordinal);
    }

    private static Shell In(string user)
    {
        var servers = Environment.GetEnvironmentVariable("MULTICLUSTER_SERVERS");
        Assert.NotNull(servers);
        var kubeconfig = Directory.EnumerateFiles(servers, $"{user}.kubeconfig", SearchOption.AllDirectories).Single();
        var shell = new Shell();
        File.Copy(kubeconfig, shell.Kubeconfig);
        return shell;
    }
}
