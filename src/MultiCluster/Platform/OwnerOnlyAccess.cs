using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace MultiCluster.Platform;

/// <summary>
/// Files and folders of Windows that their owner alone may open, with the system and its administrators, as in a profile: what lies elsewhere
/// would have the permissions of its folder, which are everybody's on a drive of its own.
/// </summary>
internal static class OwnerOnlyAccess
{
    /// <summary>Opens a file for reading and writing, and makes it so where it is not there.</summary>
    /// <exception cref="IOException">As of <see cref="FileStream"/>.</exception>
    [SupportedOSPlatform("windows")]
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var security = new FileSecurity();
        security.SetSecurityDescriptorSddlForm(Sddl(Owner(), isFolder: false), AccessControlSections.Access);
        return new FileInfo(path).Create(mode, FileSystemRights.Read | FileSystemRights.Write, share, bufferSize: 4096, FileOptions.None, security);
    }

    /// <summary>Makes a folder, where it is not there; what is made in it is alike.</summary>
    /// <exception cref="IOException">As of <see cref="Directory"/>.</exception>
    [SupportedOSPlatform("windows")]
    public static void CreateFolder(string path)
    {
        var security = new DirectorySecurity();
        security.SetSecurityDescriptorSddlForm(Sddl(Owner(), isFolder: true), AccessControlSections.Access);
        security.CreateDirectory(path);
    }

    /// <summary>The permissions: inherited from nowhere, all (FA) for the owner, the system (SY) and the administrators (BA); of a folder for what is in it, too (OICI).</summary>
    /// <param name="owner">The owner's SID.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    internal static string Sddl(string owner, bool isFolder) =>
        $"D:P{string.Concat(new[] { owner, "SY", "BA" }.Select(who => $"(A;{(isFolder ? "OICI" : "")};FA;;;{who})"))}";

    [SupportedOSPlatform("windows")]
    private static string Owner()
    {
        using var user = WindowsIdentity.GetCurrent();
        return user.User!.Value;
    }
}
