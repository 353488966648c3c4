using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MultiCluster.Platform;

namespace MultiCluster.Http.Login;

/// <summary>
/// A client certificate as SChannel takes it: it uses no key that is in memory alone. One that comes through PKCS#12 is kept in a file, encrypted
/// for the user, until its certificate is disposed: by who uses it, or when the process ends. Finalizers do not run then.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed partial class HeldKey : IDisposable
{
    private const uint KeyProviderInfo = 2;

    private readonly string? _note;

    private HeldKey(X509Certificate2 certificate)
    {
        Certificate = certificate;
        _note = Note(certificate);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>The certificate with its key.</summary>
    public X509Certificate2 Certificate { get; }

    private static string Folder => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "MultiCluster", "Keys");

    /// <summary>Makes the key of a certificate one that SChannel can use, and removes what processes that have died left of theirs.</summary>
    /// <exception cref="CryptographicException">The key is none that this system takes.</exception>
    public static HeldKey Of(X509Certificate2 certificate)
    {
        RemoveLeft();
        var packed = certificate.Export(X509ContentType.Pkcs12);
        try
        {
            return new HeldKey(X509CertificateLoader.LoadPkcs12(packed, password: null));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(packed);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        Certificate.Dispose();
        if (_note is not null)
            Remove(_note);
    }

    private void OnProcessExit(object? sender, EventArgs e) => Dispose();

    /// <summary>Writes down where the key is; null where that cannot be told: then it stays if the process dies.</summary>
    private static string? Note(X509Certificate2 certificate)
    {
        try
        {
            if (PlaceOf(certificate) is not { } place || StartOf(Environment.ProcessId) is not { } started)
                return null;
            var note = new KeyNote(Environment.ProcessId, started, place.Container, place.Provider, place.ProviderType);
            var path = Path.Combine(Directory.CreateDirectory(Folder).FullName, note.NewFileName());
            File.WriteAllText(path, $"{note}");
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Where the certificate says that its key is (<c>CRYPT_KEY_PROV_INFO</c>): there it is deleted, too. The key itself is not opened for that.</summary>
    private static (string Container, string Provider, int ProviderType)? PlaceOf(X509Certificate2 certificate)
    {
        var length = 0;
        if (!GetProperty(certificate.Handle, KeyProviderInfo, 0, ref length))
            return null;
        var info = Marshal.AllocHGlobal(length);
        try
        {
            return GetProperty(certificate.Handle, KeyProviderInfo, info, ref length)
                && Marshal.PtrToStringUni(Marshal.ReadIntPtr(info)) is { } container && Marshal.PtrToStringUni(Marshal.ReadIntPtr(info, nint.Size)) is { } provider
                ? (container, provider, Marshal.ReadInt32(info, 2 * nint.Size))
                : null;
        }
        finally
        {
            Marshal.FreeHGlobal(info);
            GC.KeepAlive(certificate);
        }
    }

    private static void RemoveLeft()
    {
        try
        {
            // Once is enough: who has a key here has looked before it got that.
            if (!Directory.Exists(Folder) || (StartOf(Environment.ProcessId) is { } started && Directory.EnumerateFiles(Folder, $"{KeyNote.PrefixOf(Environment.ProcessId, started)}*").Any()))
                return;
            foreach (var path in Directory.GetFiles(Folder, "*.txt"))
            {
                if (KeyNote.Parse(SharedFile.ReadAllText(path)) is not { } note || !note.IsLeft(StartOf))
                    continue;
                Delete(note);
                Remove(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next one tries again.
        }
    }

    private static void Delete(KeyNote note)
    {
        try
        {
            if (note.ProviderType == 0)
            {
                CngKey.Open(note.Container, new CngProvider(note.Provider)).Delete();
                return;
            }

            using var key = new RSACryptoServiceProvider(new CspParameters(note.ProviderType, note.Provider, note.Container) { Flags = CspProviderFlags.UseExistingKey });
            key.PersistKeyInCsp = false; // goes when it is disposed
        }
        catch (Exception e) when (e is CryptographicException or NotSupportedException)
        {
            // It is gone: its process could still dispose it.
        }
    }

    /// <summary>When a process was started. One that may not be asked is another user's, whose id this user's process had before.</summary>
    private static long? StartOf(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next process tries again: its key is gone.
        }
    }

    [LibraryImport("crypt32", EntryPoint = "CertGetCertificateContextProperty")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetProperty(nint certificate, uint property, nint data, ref int length);
}
