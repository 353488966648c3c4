using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using MultiCluster.Module.Loading;
using MultiCluster.Module.Tests.Support;
using MultiCluster.Sandbox.Commands;

namespace MultiCluster.Module.Tests.Package;

/// <summary>What a package ships precompiled. Builds lay out less, so that these tests want a package that was named.</summary>
[Collection(nameof(PackageTests))]
public sealed class PackedImageTests(PackedModule module)
{
    /// <summary>The first bytes of what a precompiled assembly has beside its IL: "RTR".</summary>
    private const uint ReadyToRun = 0x00525452;

    private const string Kubeconfig = """
        clusters: [{name: it, cluster: {server: https://127.0.0.1:1}}]
        contexts: [{name: it, context: {cluster: it}}]
        """;

    private static readonly string[] Images = ["MultiCluster", "System.Threading.RateLimiting", "YamlDotNet"];

    private string Dependencies => Path.Combine(module.Folder, "Dependencies");

    /// <summary>System, processor, and the machine that the compiler writes: the processor's number, with the system's mixed in where it is not Windows.</summary>
    public static TheoryData<string, Architecture, int> Platforms => new()
    {
        { "win", Architecture.X64, 0x8664 },
        { "linux", Architecture.X64, 0x8664 ^ 0x7B79 },
        { "linux", Architecture.Arm64, 0xAA64 ^ 0x7B79 },
        { "osx", Architecture.Arm64, 0xAA64 ^ 0x4644 },
    };

    private static string[] Folders =>
        [.. Platforms.Select(static row => Platform(row.Data.Item1, row.Data.Item2).ImageFolder!).Order(StringComparer.Ordinal)];

    [Fact]
    public void No_other_platform_has_images()
    {
        SkipUnlessNamed();

        Assert.Equal(Folders, Directory.GetDirectories(Dependencies).Select(static folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public void What_every_session_loads_is_an_image_of_the_platform_and_of_the_very_same_assembly(string system, Architecture architecture, int machine)
    {
        SkipUnlessNamed();
        var platform = Platform(system, architecture);
        var folder = Path.Combine(Dependencies, platform.ImageFolder!);
        var context = new EngineLoadContext(Dependencies, platform);

        Assert.Equal(Images, Directory.GetFiles(folder).Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));
        Assert.All(Images, name =>
        {
            var loaded = context.Find(name)!;
            Assert.Equal(Path.Combine(folder, $"{name}.dll"), loaded);
            using var image = new PEReader(File.OpenRead(loaded));
            using var il = new PEReader(File.OpenRead(Path.Combine(Dependencies, $"{name}.dll")));
            Assert.Equal(machine, (ushort)image.PEHeaders.CoffHeader.Machine);
            Assert.Equal(ReadyToRun, image.GetSectionData(image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.RelativeVirtualAddress).GetReader().ReadUInt32());
            Assert.Equal(ModuleVersion(il), ModuleVersion(image));
        });
    }

    [Fact]
    public async Task The_image_of_this_platform_spares_PowerShell_most_of_the_compiling()
    {
        SkipUnlessNamed();
        Assert.SkipUnless(Folders.Contains(RuntimePlatform.Current.ImageFolder), "The package has no images of this platform.");
        var plain = Directory.CreateTempSubdirectory("multicluster-plain-");
        try
        {
            foreach (var file in Directory.GetFiles(module.Folder, "*", SearchOption.AllDirectories).Where(IsPlain))
            {
                var copy = Path.Combine(plain.FullName, Path.GetRelativePath(module.Folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            var (without, with) = (await CompiledAsync(plain.FullName), await CompiledAsync(module.Folder));

            Assert.True(with < without / 4, $"{with} methods were compiled with images, {without} without.");
        }
        finally
        {
            plain.Delete(recursive: true);
        }
    }

    private bool IsPlain(string file) => Folders.All(folder => !file.StartsWith(Path.Combine(Dependencies, folder), StringComparison.Ordinal));

    private static RuntimePlatform Platform(string system, Architecture architecture) => new(system, architecture, RuntimePlatform.ImageFramework);

    /// <summary>How many methods of the engine and of YamlDotNet a PowerShell compiles that imports the module and lists the clusters of a kubeconfig.</summary>
    private static async Task<int> CompiledAsync(string folder)
    {
        var scratch = Directory.CreateTempSubdirectory("multicluster-compiled-");
        try
        {
            var kubeconfig = Path.Combine(scratch.FullName, "config");
            var count = Path.Combine(scratch.FullName, "count");
            await File.WriteAllTextAsync(kubeconfig, Kubeconfig, TestContext.Current.CancellationToken);
            var powershell = await PowerShellProgram.FindAsync(TestContext.Current.CancellationToken);
            var start = powershell.StartInfo("-NoLogo", "-NoProfile", "-NonInteractive", "-Command", $"Import-Module '{folder}/MultiCluster.psd1'; [IO.File]::WriteAllText('{count}', (Get-KubeCluster).Count)");
            start.Environment["KUBECONFIG"] = kubeconfig;
            start.Environment["HOME"] = start.Environment["USERPROFILE"] = scratch.FullName;
            // On standard output, not into DOTNET_JitStdOutFile: .NET closes that file at its end while other threads may still write, which ended one PowerShell in twelve.
            start.Environment["DOTNET_JitDisasmSummary"] = "1";
            var run = await Processes.RunAsync(start, TimeSpan.FromMinutes(2));
            var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(0, run.ExitCode);
            Assert.All(lines, static line => Assert.Contains(": JIT compiled ", line, StringComparison.Ordinal));
            Assert.Equal("1", await File.ReadAllTextAsync(count, TestContext.Current.CancellationToken));
            return lines
                .Count(static line => line.Contains("Tier0", StringComparison.Ordinal) && !line.Contains("MultiCluster.Module", StringComparison.Ordinal)
                    && (line.Contains("MultiCluster.", StringComparison.Ordinal) || line.Contains("YamlDotNet.", StringComparison.Ordinal)));
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static Guid ModuleVersion(PEReader file)
    {
        var reader = file.GetMetadataReader();
        return reader.GetGuid(reader.GetModuleDefinition().Mvid);
    }

    private static void SkipUnlessNamed() => Assert.SkipUnless(PackedModule.IsNamed, $"{PackedModule.Variable} names no package.");
}
