using System.Runtime.InteropServices;

namespace MultiCluster.Module.Loading;

/// <summary>What decides which precompiled assemblies a process can use. It fails on those of another system or processor: the runtime refuses them whole.</summary>
/// <param name="System"><c>win</c>, <c>osx</c>, <c>linux</c> or, with another C library than glibc, <c>linux-musl</c>; anything else by its own name.</param>
/// <param name="Architecture">That of the process: a PowerShell for x64 that Windows on ARM emulates is x64.</param>
/// <param name="Framework">The major version of .NET.</param>
internal sealed record RuntimePlatform(string System, Architecture Architecture, int Framework)
{
    /// <summary>The .NET that the images are compiled against. They hold for its updates, not for its successors.</summary>
    internal const int ImageFramework = 10;

    /// <summary>That of this process.</summary>
    internal static RuntimePlatform Current => new(CurrentSystem(), RuntimeInformation.ProcessArchitecture, Environment.Version.Major);

    /// <summary>
    /// The folder in which images for this platform lie where there are any, named by its portable runtime id (<c>linux-x64</c>); null where
    /// IL is all that can be used.
    /// </summary>
    internal string? ImageFolder => Framework == ImageFramework ? $"{System}-{Architecture.ToString().ToLowerInvariant()}" : null;

    private static string CurrentSystem()
    {
        if (OperatingSystem.IsWindows())
            return "win";
        if (OperatingSystem.IsMacOS())
            return "osx";
        if (!OperatingSystem.IsLinux())
            return "other";
        // The runtime id would tell, but distributions that build .NET themselves put their own name there.
        return NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "gnu_get_libc_version", out _) ? "linux" : "linux-musl";
    }
}
