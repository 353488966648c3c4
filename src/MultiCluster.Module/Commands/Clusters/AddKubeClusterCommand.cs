using System.Management.Automation;
using System.Net;
using System.Security;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;
using MultiCluster.Module.Pipeline;
using MultiCluster.Platform;

namespace MultiCluster.Module.Commands.Clusters;

/// <summary>Adds a cluster by hand, or a further kubeconfig file or folder to search.</summary>
[Cmdlet(VerbsCommon.Add, "KubeCluster", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = "Path")]
[OutputType(typeof(MultiCluster.Clusters.KubeCluster))]
public sealed class AddKubeClusterCommand : KubeCmdlet
{
    /// <summary>A kubeconfig file, or a folder of them, to search from now on in every session.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The new cluster's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Manual")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The API server's address.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Manual")]
    [ValidateNotNullOrEmpty]
    public string Server { get; set; } = "";

    /// <summary>A bearer token.</summary>
    [Parameter(ParameterSetName = "Manual")]
    public SecureString? Token { get; set; }

    /// <summary>A PEM file with the CA certificates that the server's certificate is checked against.</summary>
    [Parameter(ParameterSetName = "Manual")]
    [ValidateNotNullOrEmpty]
    public string? CertificateAuthority { get; set; }

    /// <summary>A PEM file with the client certificate; goes with -ClientKey.</summary>
    [Parameter(ParameterSetName = "Manual")]
    [ValidateNotNullOrEmpty]
    public string? ClientCertificate { get; set; }

    /// <summary>A PEM file with the client certificate's key.</summary>
    [Parameter(ParameterSetName = "Manual")]
    [ValidateNotNullOrEmpty]
    public string? ClientKey { get; set; }

    /// <summary>Does not check the server's certificate.</summary>
    [Parameter(ParameterSetName = "Manual")]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>The name checked against the server's certificate, in place of the address's host.</summary>
    [Parameter(ParameterSetName = "Manual")]
    [ValidateNotNullOrEmpty]
    public string? TlsServerName { get; set; }

    /// <summary>A proxy for this cluster: http, https or socks5.</summary>
    [Parameter(ParameterSetName = "Manual")]
    [ValidateNotNullOrEmpty]
    public string? ProxyUrl { get; set; }

    /// <summary>The default namespace.</summary>
    [Parameter(ParameterSetName = "Manual")]
    [ValidateNotNullOrEmpty]
    public string? Namespace { get; set; }

    private protected override void Process()
    {
        if (ParameterSetName == "Path")
            AddPaths();
        else
            AddManual();
    }

    private void AddPaths()
    {
        var paths = FullPaths(Path);
        foreach (var path in paths.Where(path => !File.Exists(path) && !Directory.Exists(path)))
            throw new FaultException(FaultPhase.NotFound, $"there is no file or folder {path}", "Correct -Path.");
        foreach (var path in paths)
        {
            if (ShouldProcess(path, "Search for kubeconfigs in every session"))
                Tell(Await(Session.Pool.Preferences.UpdateAsync(preferences => preferences.Search.Contains(path) ? preferences : preferences with { Search = [.. preferences.Search, path] }, Cancellation)).Notices);
        }

        var known = Known(paths);
        foreach (var refusal in known.Refusals)
            Fail(refusal.Fault, refusal.Target);
        foreach (var cluster in known.Clusters)
            WriteObject(cluster);
    }

    private void AddManual()
    {
        var cluster = new ManualCluster
        {
            Name = Name,
            Server = Server,
            Token = Token is null ? null : new NetworkCredential("", Token).Password,
            CertificateAuthority = ReadPem(CertificateAuthority),
            ClientCertificate = ReadPem(ClientCertificate),
            ClientKey = ReadPem(ClientKey),
            InsecureSkipTlsVerify = SkipCertificateCheck,
            TlsServerName = TlsServerName,
            ProxyUrl = ProxyUrl,
            Namespace = Namespace,
        };
        if (!ShouldProcess($"{Name} ({ServerAddress.Shown(Server)})", $"Add to {Session.Pool.OwnKubeconfig}"))
            return;
        var added = Await(new KubeconfigWriter(Session.Pool.OwnKubeconfig).AddAsync(cluster, Cancellation));
        foreach (var known in Known([]).Clusters.Where(known => known.Identity.IsSameAs(added.Identity)))
            WriteObject(known);
    }

    private string? ReadPem(string? path)
    {
        if (path is null)
            return null;
        var full = FullPaths([path])[0];
        try
        {
            return SharedFile.ReadAllText(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FaultException(FaultPhase.Credential, $"{full} cannot be read ({e.Message.TrimEnd('.')})", "Give the path of a PEM file.", e);
        }
    }
}
