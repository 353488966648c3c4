using System.Text;
using MultiCluster.Faults;
using MultiCluster.Platform;

namespace MultiCluster.Kubeconfig;

/// <summary>The <c>auth-provider</c> of one user in its kubeconfig, which kubectl writes, too.</summary>
/// <param name="path">Full path of the kubeconfig.</param>
/// <param name="user">The user's name.</param>
internal sealed class AuthProviderFile(string path, string user)
{
    private static UTF8Encoding Strict => new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The entry as the file has it now; null when there is none, or the file cannot be read just now.</summary>
    public AuthProviderConfig? Read() => new KubeconfigFileCache(TimeProvider.System).Read(path, CancellationToken.None).Users.GetValueOrDefault(user)?.AuthProvider;

    /// <summary>Sets fields of the entry, under the lock that kubectl takes.</summary>
    /// <exception cref="FaultException">The file cannot be written, or not without changing more; it is what it was.</exception>
    public async Task WriteAsync(IReadOnlyDictionary<string, string> values, TimeProvider time, CancellationToken cancellationToken)
    {
        using var held = await KubectlLock.TakeAsync(path, time, cancellationToken).ConfigureAwait(false);
        try
        {
            var text = Strict.GetString(await SharedFile.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
            var edited = AuthProviderEdit.Apply(path, text, user, values) ?? throw NotEditable("its user cannot be changed without changing more of it");
            UnixFileMode? mode = OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path);
            await OwnerOnlyFile.WriteAsync(path, Strict.GetBytes(edited), cancellationToken).ConfigureAwait(false);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, mode!.Value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OwnerOnlyFile.NotWritable(path, e);
        }
        catch (ArgumentException)
        {
            throw NotEditable("it is not UTF-8");
        }
    }

    private FaultException NotEditable(string why) =>
        new(FaultPhase.Invalid, $"{path} cannot be written ({why})", "Log in again with the tool that wrote the kubeconfig.");
}
