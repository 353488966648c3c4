using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MultiCluster.Http.Login;
using MultiCluster.Kubeconfig;
using MultiCluster.Platform;

namespace MultiCluster.Credentials;

/// <summary>The variable <c>KUBERNETES_EXEC_INFO</c>: what a plugin is told, as client-go writes it.</summary>
internal static class ExecInfo
{
    // As Go's encoder: base64 stays readable for plugins that are shell scripts.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The variable's JSON text.</summary>
    public static string Write(ExecConfig exec, KubeconfigCluster cluster, bool interactive)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("kind", "ExecCredential");
            json.WriteString("apiVersion", exec.ApiVersion);
            json.WriteStartObject("spec");
            if (exec.ProvideClusterInfo)
                WriteCluster(json, cluster);
            json.WriteBoolean("interactive", interactive);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteCluster(Utf8JsonWriter json, KubeconfigCluster cluster)
    {
        json.WriteStartObject("cluster");
        json.WriteString("server", cluster.Server ?? "");
        if (!string.IsNullOrEmpty(cluster.TlsServerName))
            json.WriteString("tls-server-name", cluster.TlsServerName);
        if (cluster.InsecureSkipTlsVerify)
            json.WriteBoolean("insecure-skip-tls-verify", true);
        if (CertificateAuthority(cluster) is { } authority)
            json.WriteString("certificate-authority-data", authority);
        if (!string.IsNullOrEmpty(cluster.ProxyUrl))
            json.WriteString("proxy-url", cluster.ProxyUrl);
        if (cluster.DisableCompression)
            json.WriteBoolean("disable-compression", true);
        if (!string.IsNullOrEmpty(cluster.ExecExtension))
        {
            json.WritePropertyName("config");
            json.WriteRawValue(cluster.ExecExtension);
        }

        json.WriteEndObject();
    }

    private static string? CertificateAuthority(KubeconfigCluster cluster)
    {
        if (!string.IsNullOrEmpty(cluster.CertificateAuthorityData))
            return cluster.CertificateAuthorityData;
        if (string.IsNullOrEmpty(cluster.CertificateAuthorityFile))
            return null;
        try
        {
            return Convert.ToBase64String(SharedFile.ReadAllBytes(cluster.CertificateAuthorityFile));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CredentialProblems.Unreadable(cluster: null, $"certificate-authority {cluster.CertificateAuthorityFile}", exception);
        }
    }
}
