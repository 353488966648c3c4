using System.Text;
using System.Text.Json;
using MultiCluster.Sandbox.Hosting;

namespace MultiCluster.Sandbox;

/// <summary>Writes kubeconfigs for simulated clusters, readable by their owner alone.</summary>
internal static class KubeconfigWriter
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Write(string path, IReadOnlyList<(SimulatedCluster Cluster, UserKind User)> entries)
    {
        var text = new StringBuilder("apiVersion: v1\nkind: Config\n");
        Section(text, "clusters", entries, e =>
            $"- name: {Quote(e.Cluster.Name)}\n  cluster:\n    server: {e.Cluster.Server.GetLeftPart(UriPartial.Authority)}"
            + (e.Cluster.Host.Tls ? $"\n    certificate-authority-data: {Base64(e.Cluster.CaPem)}\n" : $"{AddressLogin.Of(Token(e.Cluster, e.User))}\n"));
        Section(text, "users", entries, e => $"- name: {Quote(UserName(e.Cluster))}\n  user:{(e.Cluster.Host.Tls ? $"\n{Credential(e.Cluster, e.User)}" : " {}\n")}");
        Section(text, "contexts", entries, e =>
            $"- name: {Quote(e.Cluster.Name)}\n  context:\n    cluster: {Quote(e.Cluster.Name)}\n    user: {Quote(UserName(e.Cluster))}\n");
        if (entries.Count > 0) text.Append("current-context: ").Append(Quote(entries[0].Cluster.Name)).Append('\n');

        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var file = new StreamWriter(path, options);
        file.Write(text);
    }

    private static void Section(
        StringBuilder text,
        string name,
        IReadOnlyList<(SimulatedCluster, UserKind)> entries,
        Func<(SimulatedCluster Cluster, UserKind User), string> entry)
    {
        text.Append(name).Append(entries.Count == 0 ? ": []\n" : ":\n");
        foreach (var e in entries) text.Append(entry(e));
    }

    private static string Credential(SimulatedCluster cluster, UserKind user)
    {
        switch (user)
        {
            case UserKind.ClientCertificate:
                var (certificate, key) = cluster.Certificates.IssueClient("admin", ["system:masters"]);
                return $"    client-certificate-data: {Base64(certificate)}\n    client-key-data: {Base64(key)}\n";
            case UserKind.Basic:
                var basic = cluster.Users.First(u => u.Password is not null);
                return $"    username: {basic.Name}\n    password: {basic.Password}\n";
            default:
                return $"    token: {Token(cluster, user)}\n";
        }
    }

    private static string Token(SimulatedCluster cluster, UserKind user) => user switch
    {
        UserKind.AdminToken => cluster.AdminToken,
        UserKind.BadToken => "no-such-token",
        UserKind.Limited => cluster.LimitedUser.Token!,
        _ => throw new NotSupportedException($"Without TLS nobody logs in with {user}."),
    };

    private static string UserName(SimulatedCluster cluster) => $"{cluster.Name}-user";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // A JSON string is a YAML string.
    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
